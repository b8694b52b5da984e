using System.Text;
using QualityGate.Features.Files;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>What a training leaves in its folder.</summary>
internal sealed class EmbeddingFiles(string folder, string tool)
{
    private const string Model = "embedding.onnx";
    private const string RecipeName = "embedding.extractor.yaml";

    /// <summary>Where the checkpoint lies.</summary>
    public string Checkpoint => Path.Combine(folder, EmbeddingCheckpoint.FileName);

    /// <summary>Names of the files that <see cref="WriteExtractor"/> writes.</summary>
    public IReadOnlyList<string> ExtractorOf(EmbeddingData data) =>
        data.Base is null ? [Path.Combine(folder, Model)] : [Path.Combine(folder, Model), Path.Combine(folder, RecipeName)];

    /// <summary>Writes the embedding: an extractor of images, or a head for features of unknown origin.</summary>
    public void WriteExtractor(EmbeddingData data, EmbeddingParameters parameters, FeatureProjection start, float[] weights)
    {
        if (data.Base is not { } whole)
        {
            Write(Model, EmbeddingExport.Head(parameters, start, weights));
            return;
        }

        (byte[] bytes, string output) = EmbeddingExport.Whole(whole.Model, whole.Features, parameters, start, weights);
        string masks = data.Masking is { } masking ? $"# Trained on masked images ({masking}): measure with the same masks.\n" : "";
        Write(Model, bytes);
        Write(RecipeName, Encoding.UTF8.GetBytes($"# A trained embedding: {parameters.Shape.Width} numbers of length 1 together.\n{masks}{whole.Recipe(Model, output)}"));
    }

    /// <summary>Writes the history and its curve.</summary>
    public void WriteHistory(EmbeddingData data, ClassSplit split, EmbeddingOptions options, EmbeddingReport report, int steps)
    {
        string title = $"{options.Loss.Name}, {options.Head.ToString().ToLowerInvariant()} head, {data.Set.ExtractorName ?? "features"}";
        Write("training.json", EmbeddingHistory.Write(data, split, options, report, steps, tool));
        Write("curve.svg", Encoding.UTF8.GetBytes(EmbeddingCurve.Svg(report, title)));
        Write("curve.png", EmbeddingCurve.Picture(report, title).ToPng());
    }

    private void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        FeatureFileErrors.Writing(path, () => AtomicFile.WriteBytes(path, bytes));
    }
}
