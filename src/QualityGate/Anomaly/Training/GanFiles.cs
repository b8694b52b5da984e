using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityGate.Features.Files;
using QualityGate.Numerics.Engine;
using QualityGate.Onnx.Networks;

namespace QualityGate.Anomaly.Training;

/// <summary>What a training leaves in its folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="options">The training's options.</param>
/// <param name="tool">Version of the tool, for <c>training.json</c>.</param>
internal sealed class GanFiles(string folder, GanOptions options, string tool)
{
    private const string Schema = "qualitygate.training/1";

    /// <summary>Where the checkpoint lies.</summary>
    public string Checkpoint => Path.Combine(folder, GanCheckpoint.FileName);

    /// <summary>Writes both networks, and the recipe by which the discriminator is an extractor.</summary>
    public void WriteNetworks(DcganParameters parameters, IReadOnlyDictionary<string, float[]> values)
    {
        Write("generator.onnx", DcganExport.Generator(parameters, values["generator"], values["generator/statistics"]));
        Write("discriminator.onnx", DcganExport.Discriminator(parameters, values["discriminator"], values["discriminator/statistics"]));
        Write("discriminator.extractor.yaml", Encoding.UTF8.GetBytes(Recipe()));
    }

    /// <summary>Writes the picture of an epoch's samples.</summary>
    public void WriteSamples(int epoch, ReadOnlySpan<byte> samples) => Write(
        Path.Combine("samples", string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:0000}.png")), SampleGrid.Draw(samples, options.Size, options.Channels).ToPng());

    /// <summary>Writes the history. It holds no times, so that the same training gives the same bytes.</summary>
    public void WriteHistory(ImageBatches images, GanState state)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("network", "dcgan");
            json.WriteStartObject("options");
            foreach ((string name, string value) in options.Identity) WriteOption(json, name, value);
            json.WriteNumber("epochs", options.Epochs);
            json.WriteEndObject();
            json.WriteStartObject("images");
            json.WriteNumber("count", images.Count);
            json.WriteString("sha256", images.Fingerprint);
            json.WriteEndObject();
            json.WriteStartObject("versions");
            json.WriteString("qualitygate", tool);
            json.WriteString("onnxruntime", OnnxRuntimeInfo.Version);
            json.WriteEndObject();
            json.WriteNumber("steps", state.Step);
            WriteEpoch(json, "exported", state.ExportedEpoch!);
            WriteEpoch(json, "last", state.Epochs[^1]);
            json.WriteStartArray("epochs");
            foreach (GanEpoch epoch in state.Epochs) WriteEpoch(json, null, epoch);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        Write("training.json", stream.ToArray());
    }

    private string Recipe() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # The discriminator of this training as an extractor: the layer before its logit.
        model: discriminator.onnx
        input:
          color: {(options.Channels == 1 ? "gray" : "rgb")}
          size: {options.Size}
          resize: area
          scale: 0.00784313725490196
          offset: -1
        outputs: {"{"} features: {DcganExport.Features} {"}"}

        """).ReplaceLineEndings("\n");

    private void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        FeatureFileErrors.Writing(path, () => AtomicFile.WriteBytes(path, bytes));
    }

    private static void WriteOption(Utf8JsonWriter json, string name, string value)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)) json.WriteNumber(name, whole);
        else if (double.TryParse(value, CultureInfo.InvariantCulture, out double real)) json.WriteNumber(name, real);
        else json.WriteString(name, value);
    }

    private static void WriteEpoch(Utf8JsonWriter json, string? name, GanEpoch epoch)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        json.WriteNumber("epoch", epoch.Number);
        json.WriteNumber("discriminator_loss", epoch.DiscriminatorLoss);
        json.WriteNumber("generator_loss", epoch.GeneratorLoss);
        if (epoch.Fid is { } fid) json.WriteNumber("fid", fid);
        else json.WriteNull("fid");
        json.WriteEndObject();
    }
}
