namespace QualityGate.Onnx.Networks;

/// <summary>
/// Weights with the batch normalisation behind them folded in, in double precision: w' = w g / sqrt(v + e), and the offset
/// b - m g / sqrt(v + e), which is called <c>LAYER.offset</c>.
/// </summary>
internal sealed class FoldedWeights
{
    private const string Weight = ".weight";
    private const string Offset = ".offset";

    private readonly Dictionary<string, (float[] Values, long[] Shape)> _found = new(StringComparer.Ordinal);

    public FoldedWeights(FlatTensors tensors, ReadOnlySpan<float> values, FlatTensors statistics, ReadOnlySpan<float> running)
    {
        foreach (FlatTensor item in tensors.Items) _found[item.Name] = (tensors.Values(values, item.Name).ToArray(), [.. item.Shape]);
        foreach (FlatTensor item in statistics.Items.Where(item => item.Name.EndsWith(".mean", StringComparison.Ordinal)))
        {
            string layer = item.Name[..^".mean".Length];
            Fold(layer, statistics.Values(running, item.Name), statistics.Values(running, layer + ".variance"));
        }
    }

    /// <summary>A tensor by its name, or null.</summary>
    public (float[] Values, long[] Shape)? Find(string name) => _found.TryGetValue(name, out var found) ? found : null;

    private void Fold(string layer, ReadOnlySpan<float> means, ReadOnlySpan<float> variances)
    {
        (float[] weights, long[] shape) = _found[layer + Weight];
        (float[] gains, float[] biases) = (_found[layer + ".gain"].Values, _found[layer + ".bias"].Values);

        // Transposed convolutions and the dense layer have their outputs along the second axis, convolutions along the first.
        int axis = layer.StartsWith("down", StringComparison.Ordinal) ? 0 : 1;
        int outputs = (int)shape[axis], inner = (int)shape[(axis + 1)..].Aggregate(1L, (product, length) => product * length);
        int perChannel = outputs / gains.Length;
        double[] factors = new double[gains.Length];
        for (int channel = 0; channel < factors.Length; channel++) factors[channel] = gains[channel] / Math.Sqrt(variances[channel] + BatchStatistics.Epsilon);
        for (int i = 0; i < weights.Length; i++) weights[i] = (float)(weights[i] * factors[i / inner % outputs / perChannel]);
        float[] offsets = new float[outputs];
        for (int i = 0; i < outputs; i++) offsets[i] = (float)(biases[i / perChannel] - (means[i / perChannel] * factors[i / perChannel]));
        _found[layer + Offset] = (offsets, [outputs]);
    }
}
