using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
    public static void Write(string path, DcganParameters parameters, GanOptions options, string images, GanState state)
    {
        (string Name, FlatTensor Tensor, float[] Values)[] tensors = [.. Tensors(parameters, state)];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, FlatTensor tensor, float[] values) in tensors) hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan(tensor.Start, tensor.Length)));
        List<KeyValuePair<string, string>> metadata =
        [
            new("schema", Schema),
            new("images", images),
            new("step", state.Step.ToString(CultureInfo.InvariantCulture)),
            new("epochs", JsonSerializer.Serialize(state.Epochs)),
            new("exported", JsonSerializer.Serialize(state.ExportedEpoch)),
            new("sha256", Convert.ToHexStringLower(hash.GetHashAndReset())),
            .. options.Identity.Select(option => new KeyValuePair<string, string>(option.Name, option.Value)),
        ];
        SafetensorsTensor[] declared = [.. tensors.Select(t => SafetensorsTensor.Declare(t.Name, SafetensorsType.Float32, [.. t.Tensor.Shape]))];
        FeatureFileErrors.Writing(path, () =>
        {
            using SafetensorsWriter writer = new(path, declared, metadata);
            for (int i = 0; i < tensors.Length; i++) writer.Append<float>(i, tensors[i].Values.AsSpan(tensors[i].Tensor.Start, tensors[i].Tensor.Length));
            writer.Commit(flushToDisk: true);
        });
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="UserErrorException">It is damaged, or of other options or images.</exception>
    public static GanState Read(string path, DcganParameters parameters, GanOptions options, string images)
    {
        using SafetensorsFile file = Open(path);
        if (file.Metadata("schema") != Schema) throw Damaged(path, "it is no checkpoint of a GAN, or of another version of the tool");
        foreach ((string name, string value) in options.Identity)
        {
            if (file.Metadata(name) is var written && written != value)
            {
                throw new UserErrorException(TrainingErrors.OtherTraining, $"{path} was begun with --{name} {written ?? "unknown"}, not {value}.");
            }
        }

        if (file.Metadata("images") != images)
        {
            throw new UserErrorException(TrainingErrors.OtherTraining, $"{path} was begun with other images.");
        }

        return Read(path, file, parameters);
    }

    private static GanState Read(string path, SafetensorsFile file, DcganParameters parameters)
    {
        Dictionary<string, float[]> values = DcganStep.State.ToDictionary(name => name, name => new float[DcganStep.LengthOf(parameters, name)]);
        Dictionary<string, float[]> exported = GanState.ExportedNames.ToDictionary(name => name, name => new float[DcganStep.LengthOf(parameters, name)]);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        GanState empty = new() { Values = values, Exported = exported, Step = 0, Epochs = [] };
        foreach ((string name, FlatTensor tensor, float[] target) in Tensors(parameters, empty))
        {
            SafetensorsTensor found = file.Find(name) ?? throw Damaged(path, $"it lacks '{name}'");
            if (found.Type != SafetensorsType.Float32 || !found.Shape.SequenceEqual(tensor.Shape)) throw Damaged(path, $"'{name}' has another shape");
            ReadOnlySpan<byte> bytes = file.Bytes(found);
            hash.AppendData(bytes);
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(target.AsSpan(tensor.Start));
        }

        if (file.Metadata("sha256") != Convert.ToHexStringLower(hash.GetHashAndReset())) throw Damaged(path, "its values do not have the hash that they were written with");
        GanEpoch[]? epochs = Parse<GanEpoch[]>(path, file.Metadata("epochs"));
        if (!int.TryParse(file.Metadata("step"), NumberStyles.None, CultureInfo.InvariantCulture, out int step) || epochs is not { Length: > 0 })
        {
            throw Damaged(path, "it does not say how far it is");
        }

        return empty with { Step = step, Epochs = epochs, ExportedEpoch = Parse<GanEpoch>(path, file.Metadata("exported")) };
    }

    private static IEnumerable<(string Name, FlatTensor Tensor, float[] Values)> Tensors(DcganParameters parameters, GanState state)
    {
        foreach ((string prefix, IReadOnlyDictionary<string, float[]> part) in new[] { ("", state.Values), ("exported/", state.Exported) })
        {
            foreach (string name in DcganStep.State.Where(part.ContainsKey))
            {
                foreach (FlatTensor tensor in DcganStep.TensorsOf(parameters, name).Items) yield return ($"{prefix}{name}/{tensor.Name}", tensor, part[name]);
            }
        }
    }

    private static SafetensorsFile Open(string path)
    {
        try
        {
            return SafetensorsFile.Open(path);
        }
        catch (UserErrorException error)
        {
            throw new UserErrorException(TrainingErrors.CheckpointDamaged, error.Message, innerException: error);
        }
    }

    private static T? Parse<T>(string path, string? json)
    {
        try
        {
            return json is null ? default : JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException error)
        {
            throw Damaged(path, $"its list of epochs is not valid ({error.Message.TrimEnd('.')})");
        }
    }

    private static UserErrorException Damaged(string path, string reason) => new(TrainingErrors.CheckpointDamaged, $"{path}: {reason}.");
}
