using System.Globalization;
using QualityGate.Onnx;
using QualityGate.Onnx.Weights;

namespace QualityGate.Tests.Onnx.Networks;

/// <summary>The same weights under the names, and in the pieces, that another project keeps them in.</summary>
internal sealed class RenamedWeights : IWeightSource
{
    private readonly Dictionary<string, (long[] Shape, float[] Values)> _tensors = [];

    public RenamedWeights(IWeightSource source, (string From, string To)[] names)
    {
        foreach ((string name, WeightTensor tensor) in source.Tensors)
        {
            string renamed = names.Aggregate(name, (text, pair) => text.Replace(pair.From, pair.To, StringComparison.Ordinal));
            _tensors.Add(renamed, ([.. tensor.Shape], source.ReadSingles(name)));
        }
    }

    public IReadOnlyDictionary<string, WeightTensor> Tensors =>
        _tensors.ToDictionary(pair => pair.Key, pair => new WeightTensor(OnnxElementType.Float, pair.Value.Shape));

    public float[] ReadSingles(string name) => _tensors[name].Values;

    public void Rename(string from, string to, bool onlyAtStart)
    {
        foreach (string name in _tensors.Keys.Where(n => onlyAtStart && n.StartsWith(from, StringComparison.Ordinal)).ToArray())
        {
            _tensors.Remove(name, out (long[] Shape, float[] Values) tensor);
            _tensors.Add(to + name[from.Length..], tensor);
        }
    }

    /// <summary>Cuts the rows of a matrix and of its bias into equal parts, for every layer.</summary>
    public void SplitRows(string from, string to, string[] parts)
    {
        foreach (string kind in new[] { "weight", "bias" })
        {
            for (int layer = 0; _tensors.Remove(string.Format(CultureInfo.InvariantCulture, from, layer) + kind, out (long[] Shape, float[] Values) whole); layer++)
            {
                int rows = whole.Values.Length / parts.Length;
                for (int part = 0; part < parts.Length; part++)
                {
                    long[] shape = [whole.Shape[0] / parts.Length, .. whole.Shape[1..]];
                    _tensors.Add(string.Format(CultureInfo.InvariantCulture, to, layer) + parts[part] + kind, (shape, whole.Values[(part * rows)..((part + 1) * rows)]));
                }
            }
        }
    }

    public void Transpose(string from, string to)
    {
        _tensors.Remove(from, out (long[] Shape, float[] Values) tensor);
        (int rows, int columns) = ((int)tensor.Shape[0], (int)tensor.Shape[1]);
        float[] values = new float[tensor.Values.Length];
        for (int i = 0; i < values.Length; i++) values[(i % columns * rows) + (i / columns)] = tensor.Values[i];
        _tensors.Add(to, ([columns, rows], values));
    }

    public void Dispose()
    {
    }
}
