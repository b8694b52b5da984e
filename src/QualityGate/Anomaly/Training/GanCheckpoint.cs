using System.Globalization;
using System.Text.Json;
using QualityGate.Errors;
using QualityGate.Features.Files;
using QualityGate.Onnx.Networks;

namespace QualityGate.Anomaly.Training;

/// <summary>
/// A training between two epochs as a safetensors file: every parameter, moment and running statistic by name, those of the epoch to
/// export, and as text the options, the images' hash, the steps taken and the epochs so far. Random streams are functions of seed and epoch.
/// </summary>
internal static class GanCheckpoint
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "checkpoint.safetensors";

    private const string Schema = "qualitygate.gan-checkpoint/1";

    /// <summary>Writes a checkpoint in place of an older one.</summary>
    public static void Write(string path, DcganParameters parameters, GanOptions options, string images, GanState state) => TrainingCheckpoint.Write(
        path,
        [.. Tensors(parameters, state)],
        [
            new("schema", Schema),
            new("images", images),
            new("step", state.Step.ToString(CultureInfo.InvariantCulture)),
            new("epochs", JsonSerializer.Serialize(state.Epochs)),
            new("exported", JsonSerializer.Serialize(state.ExportedEpoch)),
            .. options.Identity.Select(option => new KeyValuePair<string, string>(option.Name, option.Value)),
        ]);

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="UserErrorException">It is damaged, or of other options or images.</exception>
    public static GanState Read(string path, DcganParameters parameters, GanOptions options, string images)
    {
        using SafetensorsFile file = TrainingCheckpoint.Open(path, Schema, "a GAN");
        TrainingCheckpoint.RequireOptions(path, file, options.Identity);
        if (file.Metadata("images") != images)
        {
            throw new UserErrorException(TrainingErrors.OtherTraining, $"{path} was begun with other images.");
        }

        Dictionary<string, float[]> values = DcganStep.State.ToDictionary(name => name, name => new float[DcganStep.LengthOf(parameters, name)]);
        Dictionary<string, float[]> exported = GanState.ExportedNames.ToDictionary(name => name, name => new float[DcganStep.LengthOf(parameters, name)]);
        GanState empty = new() { Values = values, Exported = exported, Step = 0, Epochs = [] };
        TrainingCheckpoint.Read(path, file, Tensors(parameters, empty));
        GanEpoch[]? epochs = TrainingCheckpoint.Parse<GanEpoch[]>(path, file.Metadata("epochs"));
        return int.TryParse(file.Metadata("step"), NumberStyles.None, CultureInfo.InvariantCulture, out int step) && epochs is { Length: > 0 }
            ? empty with { Step = step, Epochs = epochs, ExportedEpoch = TrainingCheckpoint.Parse<GanEpoch>(path, file.Metadata("exported")) }
            : throw TrainingCheckpoint.Damaged(path, "it does not say how far it is");
    }

    private static IEnumerable<TrainingCheckpoint.Part> Tensors(DcganParameters parameters, GanState state)
    {
        foreach ((string prefix, IReadOnlyDictionary<string, float[]> part) in new[] { ("", state.Values), ("exported/", state.Exported) })
        {
            foreach (string name in DcganStep.State.Where(part.ContainsKey))
            {
                foreach (FlatTensor tensor in DcganStep.TensorsOf(parameters, name).Items) yield return new($"{prefix}{name}/{tensor.Name}", tensor, part[name]);
            }
        }
    }
}
