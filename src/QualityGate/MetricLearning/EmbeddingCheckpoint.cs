using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using QualityGate.Errors;
using QualityGate.Features.Files;
using QualityGate.Onnx.Embeddings;
using QualityGate.Onnx.Networks;

namespace QualityGate.MetricLearning;

/// <summary>
/// A training between two epochs as a safetensors file: weights, proxies and moments by name, the weights of the epoch to export, and as text the options, the hash of
/// images and labels, the steps taken and the epochs so far.
/// </summary>
internal static class EmbeddingCheckpoint
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "checkpoint.safetensors";

    private const string Schema = "qualitygate.embedding-checkpoint/1";

    /// <summary>Writes a checkpoint in place of an older one.</summary>
    public static void Write(string path, EmbeddingParameters parameters, EmbeddingOptions options, string data, EmbeddingState state)
    {
        (string Name, FlatTensor Tensor, float[] Values)[] tensors = [.. Tensors(parameters, state)];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, FlatTensor tensor, float[] values) in tensors) hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan(tensor.Start, tensor.Length)));
        List<KeyValuePair<string, string>> metadata =
        [
            new("schema", Schema),
            new("data", data),
            new("step", state.Step.ToString(CultureInfo.InvariantCulture)),
            new("epochs", JsonSerializer.Serialize(state.Epochs)),
            new("exported", JsonSerializer.Serialize(state.ExportedEpoch)),
            new("sha256", Convert.ToHexStringLower(hash.GetHashAndReset())),
            .. options.Identity.Select(option => new KeyValuePair<string, string>("option/" + option.Name, option.Value)),
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
    /// <exception cref="UserErrorException">It is damaged, or of other options, images or labels.</exception>
    public static EmbeddingState Read(string path, EmbeddingParameters parameters, EmbeddingOptions options, string data)
    {
        using SafetensorsFile file = Open(path);
        if (file.Metadata("schema") != Schema) throw Damaged(path, "it is no checkpoint of an embedding, or of another version of the tool");
        foreach ((string name, string value) in options.Identity)
        {
            if (file.Metadata("option/" + name) is var written && written != value)
            {
                throw new UserErrorException(TrainingErrors.OtherTraining, $"{path} was begun with --{name} {written ?? "unknown"}, not {value}.");
            }
        }

        if (file.Metadata("data") != data)
        {
            throw new UserErrorException(TrainingErrors.OtherTraining, $"{path} was begun with other images or labels, another extractor, or other masks.");
        }

        return Read(path, file, parameters);
    }

    private static EmbeddingState Read(string path, SafetensorsFile file, EmbeddingParameters parameters)
    {
        EmbeddingState empty = EmbeddingState.Initial(parameters, 0);
        empty = empty with { Exported = new float[parameters.Weights.Length] };
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, FlatTensor tensor, float[] target) in Tensors(parameters, empty))
        {
            SafetensorsTensor found = file.Find(name) ?? throw Damaged(path, $"it lacks '{name}'");
            if (found.Type != SafetensorsType.Float32 || !found.Shape.SequenceEqual(tensor.Shape)) throw Damaged(path, $"'{name}' has another shape");
            ReadOnlySpan<byte> bytes = file.Bytes(found);
            hash.AppendData(bytes);
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(target.AsSpan(tensor.Start));
        }

        if (file.Metadata("sha256") != Convert.ToHexStringLower(hash.GetHashAndReset())) throw Damaged(path, "its values do not have the hash that they were written with");
        EmbeddingEpoch[]? epochs = Parse<EmbeddingEpoch[]>(path, file.Metadata("epochs"));
        EmbeddingEpoch? exported = Parse<EmbeddingEpoch>(path, file.Metadata("exported"));
        bool hasStep = int.TryParse(file.Metadata("step"), NumberStyles.None, CultureInfo.InvariantCulture, out int step);
        if (!hasStep || exported is null || epochs is not { Length: > 0 }) throw Damaged(path, "it does not say how far it is");
        return empty with { Step = step, Epochs = epochs, ExportedEpoch = exported };
    }

    private static IEnumerable<(string Name, FlatTensor Tensor, float[] Values)> Tensors(EmbeddingParameters parameters, EmbeddingState state)
    {
        foreach (string name in EmbeddingStep.StateOf(parameters))
        {
            foreach (FlatTensor tensor in EmbeddingStep.TensorsOf(parameters, name).Items) yield return ($"{name}/{tensor.Name}", tensor, state.Values[name]);
        }

        foreach (FlatTensor tensor in parameters.Weights.Items) yield return ($"exported/{tensor.Name}", tensor, state.Exported);
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
