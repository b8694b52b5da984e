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

    public void Dispose()
    {
        _engine.Dispose();
        _runs.Dispose();
    }

    private EmbeddingRecall Of(Func<int[], FeatureMatrix> matrix, CancellationToken cancellation)
    {
        return new EmbeddingRecall(split.Validation.Length > 0 ? Measure(split.Validation) : null, split.HasTest ? Measure(split.Test) : null);

        RecallNumbers Measure(int[] rows) => RecallNumbers.Of(matrix(rows), [.. rows.Select(row => data.Labels[row])], _engine, cancellation);
    }
}
