namespace QualityGate.Onnx.Weights;

/// <summary>The tensors of a trained network, by name: a file in one of the formats that weights are shared in.</summary>
public interface IWeightSource : IDisposable
{
    /// <summary>All tensors, by name.</summary>
    IReadOnlyDictionary<string, WeightTensor> Tensors { get; }

    /// <summary>Reads a tensor of floating point numbers, row-major; half and double precision are converted.</summary>
    /// <param name="name">A name of <see cref="Tensors"/>.</param>
    /// <exception cref="WeightFormatException">No tensor has this name, it holds no floating point numbers, or its bytes are missing.</exception>
    float[] ReadSingles(string name);
}

/// <summary>A tensor's type and shape.</summary>
/// <param name="Type">What it is made of.</param>
/// <param name="Shape">Lengths of its axes; none for a single number.</param>
public readonly record struct WeightTensor(OnnxElementType Type, IReadOnlyList<long> Shape)
{
    /// <summary>The product of the lengths.</summary>
    /// <exception cref="OverflowException">It exceeds 64 bits.</exception>
    public long Count => Shape.Aggregate(1L, (product, length) => checked(product * length));
}
