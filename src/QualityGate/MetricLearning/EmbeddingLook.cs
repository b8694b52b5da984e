using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>Recall of the features themselves, and of embeddings by weights between two epochs.</summary>
internal sealed class EmbeddingLook(EmbeddingData data, ClassSplit split, EmbeddingParameters parameters, FeatureProjection start, int threads) : IDisposable
{
    private readonly MatrixEngine _engine = new(threads);
    private readonly EmbeddingRuns _runs = new(data, parameters, start);

    /// <summary>Recall of the features.</summary>
    public EmbeddingRecall Raw(CancellationToken cancellation) => Of(rows => new SelectedRows(data.Features, rows), cancellation);

    /// <summary>Recall of embeddings.</summary>
    public EmbeddingRecall Trained(float[] weights, CancellationToken cancellation)
    {
        _runs.SetWeights(weights);
        return Of(rows => _runs.Of(rows, cancellation), cancellation);
    }

    /// <summary>Embeddings of unseen classes against their features, or null without such classes.</summary>
    public EmbeddingGain? Gain(float[] weights, CancellationToken cancellation)
    {
        if (!split.HasTest) return null;
        _runs.SetWeights(weights);
        return EmbeddingGain.Of(Retrieved(new SelectedRows(data.Features, split.Test)), Retrieved(_runs.Of(split.Test, cancellation)));

        RetrievalResult Retrieved(FeatureMatrix matrix) => RecallNumbers.Retrieved(matrix, LabelsOf(split.Test), _engine, cancellation);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _runs.Dispose();
    }

    private EmbeddingRecall Of(Func<int[], FeatureMatrix> matrix, CancellationToken cancellation)
    {
        return new EmbeddingRecall(split.Validation.Length > 0 ? Measure(split.Validation) : null, split.HasTest ? Measure(split.Test) : null);

        RecallNumbers Measure(int[] rows) => RecallNumbers.Of(matrix(rows), LabelsOf(rows), _engine, cancellation);
    }

    private string[] LabelsOf(int[] rows) => [.. rows.Select(row => data.Labels[row])];
}
