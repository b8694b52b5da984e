using System.Globalization;
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
    private const string OptionPrefix = "option/";

    /// <summary>Writes a checkpoint in place of an older one.</summary>
    public static void Write(string path, EmbeddingParameters parameters, EmbeddingOptions options, string data, EmbeddingState state) => TrainingCheckpoint.Write(
        path,
        [.. Tensors(parameters, state)],
        [
            new("schema", Schema),
            new("data", data),
            new("step", state.Step.ToString(CultureInfo.InvariantCulture)),
            new("epochs", JsonSerializer.Serialize(state.Epochs)),
            new("exported", JsonSerializer.Serialize(state.ExportedEpoch)),
            .. options.Identity.Select(option => new KeyValuePair<string, string>(OptionPrefix + option.Name, option.Value)),
        ]);

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="UserErrorException">It is damaged, or of other options, images or labels.</exception>
    public static EmbeddingState Read(string path, EmbeddingParameters parameters, EmbeddingOptions options, string data)
    {
        using SafetensorsFile file = TrainingCheckpoint.Open(path, Schema, "an embedding");
        TrainingCheckpoint.RequireOptions(path, file, options.Identity, OptionPrefix);
        if (file.Metadata("data") != data)
        {
            throw new UserErrorException(TrainingErrors.OtherTraining, $"{path} was begun with other images or labels, another extractor, or other masks.");
        }

        EmbeddingState empty = EmbeddingState.Initial(parameters, 0) with { Exported = new float[parameters.Weights.Length] };
        TrainingCheckpoint.Read(path, file, Tensors(parameters, empty));
        EmbeddingEpoch[]? epochs = TrainingCheckpoint.Parse<EmbeddingEpoch[]>(path, file.Metadata("epochs"));
        EmbeddingEpoch? exported = TrainingCheckpoint.Parse<EmbeddingEpoch>(path, file.Metadata("exported"));
        bool hasStep = int.TryParse(file.Metadata("step"), NumberStyles.None, CultureInfo.InvariantCulture, out int step);
        return hasStep && exported is not null && epochs is { Length: > 0 }
            ? empty with { Step = step, Epochs = epochs, ExportedEpoch = exported }
            : throw TrainingCheckpoint.Damaged(path, "it does not say how far it is");
    }

    private static IEnumerable<TrainingCheckpoint.Part> Tensors(EmbeddingParameters parameters, EmbeddingState state)
    {
        foreach (string name in EmbeddingStep.StateOf(parameters))
        {
            foreach (FlatTensor tensor in EmbeddingStep.TensorsOf(parameters, name).Items) yield return new($"{name}/{tensor.Name}", tensor, state.Values[name]);
        }

        foreach (FlatTensor tensor in parameters.Weights.Items) yield return new($"exported/{tensor.Name}", tensor, state.Exported);
    }
}
