using System.Globalization;

namespace QualityGate.Onnx.Weights;

/// <summary>Reads a network's weights by name and expected shape, so that a file of another network is an error that says which tensor and why.</summary>
/// <param name="source">The file.</param>
/// <param name="network">The network's name, for messages.</param>
internal sealed class NamedWeights(IWeightSource source, string network)
{
    /// <summary>Whether the file has a tensor of this name.</summary>
    public bool Has(string name) => source.Tensors.ContainsKey(name);

    /// <summary>Length of one axis of a tensor.</summary>
    public int Length(string name, int axis)
    {
        IReadOnlyList<long> shape = Find(name).Shape;
        if (axis >= shape.Count || shape[axis] is < 1 or > int.MaxValue) throw Wrong(name, shape, "a tensor of more axes");
        return (int)shape[axis];
    }

    /// <summary>The number of consecutive layers whose tensor <paramref name="pattern"/> (with <c>{0}</c> for the layer) is there.</summary>
    public int CountLayers(string pattern)
    {
        int count = 0;
        while (count < 1000 && Has(string.Format(CultureInfo.InvariantCulture, pattern, count))) count++;
        return count;
    }

    /// <summary>A tensor's numbers, row-major. The shape must be the one that is asked for, but for axes of length 1 in front.</summary>
    public float[] Read(string name, params ReadOnlySpan<long> shape)
    {
        IReadOnlyList<long> found = Find(name).Shape;
        if (!found.SkipWhile(length => length == 1).SequenceEqual(shape.ToArray().SkipWhile(length => length == 1)))
            throw Wrong(name, found, $"[{string.Join(", ", shape.ToArray())}]");
        float[] values = source.ReadSingles(name);
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) throw new WeightFormatException($"Tensor '{name}' of the weights for {network} holds a number that is not finite.");
        }

        return values;
    }

    private WeightTensor Find(string name)
    {
        if (source.Tensors.TryGetValue(name, out WeightTensor tensor)) return tensor;
        string hint = NearestName.Find(name, source.Tensors.Keys.Take(10_000)) is { } near ? $" (the nearest name is '{near}')" : "";
        throw new WeightFormatException($"These are not weights of {network}: tensor '{name}' is missing{hint}.");
    }

    private WeightFormatException Wrong(string name, IReadOnlyList<long> found, string expected) =>
        new($"These are not weights of {network}: tensor '{name}' is [{string.Join(", ", found)}] where {expected} is expected.");
}
