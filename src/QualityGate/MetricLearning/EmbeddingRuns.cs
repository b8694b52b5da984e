using QualityGate.Errors;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>Embeddings of images by weights between two steps.</summary>
internal sealed class EmbeddingRuns : IDisposable
{
    // One size of batch, so that a row has the same bits whichever rows are asked for. Images are large, features are not.
    private const int FeatureBatch = 64, ImageBatch = 8;

    private readonly EmbeddingData _data;
    private readonly int _width;
    private readonly long[] _shape;
    private readonly StepSession _session;

    public EmbeddingRuns(EmbeddingData data, EmbeddingParameters parameters, FeatureProjection start)
    {
        _data = data;
        _width = parameters.Shape.Width;
        _shape = [data.Images is null ? FeatureBatch : ImageBatch, .. data.InputShape];
        _session = new StepSession(EmbeddingExport.Evaluation(parameters, start, _shape), new Dictionary<string, string>(), 1);
    }

    /// <summary>Takes the weights that the next embeddings are of.</summary>
    public void SetWeights(float[] weights) => _session.Set(EmbeddingExport.Weights, weights, weights.Length);

    /// <summary>Embeddings of some rows.</summary>
    /// <exception cref="UserErrorException">They are no numbers.</exception>
    public FeatureMatrix Of(int[] rows, CancellationToken cancellation)
    {
        int batch = (int)_shape[0], length = _data.Inputs.Width;
        float[] embeddings = new float[rows.Length * _width], inputs = new float[batch * length];
        for (int start = 0; start < rows.Length; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch, rows.Length - start);
            for (int i = 0; i < count; i++) _data.Inputs.Row(rows[start + i]).CopyTo(inputs.AsSpan(i * length));
            _session.Set(EmbeddingStep.Batch, inputs, _shape);
            _session.Run();
            _session.Get(EmbeddingExport.Embedding)[..(count * _width)].CopyTo(embeddings.AsSpan(start * _width));
        }

        return embeddings.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
            ? throw new UserErrorException(TrainingErrors.Diverged, "embeddings are no longer finite.", advice: EmbeddingSteps.DivergedAdvice)
            : new DenseFeatureMatrix(embeddings, rows.Length, _width);
    }

    public void Dispose() => _session.Dispose();
}
