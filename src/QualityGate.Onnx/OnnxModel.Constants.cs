using Google.Protobuf;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <content>A model's constants.</content>
public sealed partial class OnnxModel
{
    private const int FloatType = (int)OnnxElementType.Float;

    /// <summary>The model's constants (weights, biases, and shapes too), in the model's order.</summary>
    public IReadOnlyList<OnnxConstant> Constants => Graph.Initializer.Select(tensor => new OnnxConstant(tensor)).ToArray();

    /// <summary>Gives a float32 constant other values, as after training.</summary>
    /// <param name="name">The constant.</param>
    /// <param name="values">As many values as it has.</param>
    /// <exception cref="ArgumentException">The model has no such constant, or it has another type or length.</exception>
    public void ReplaceConstant(string name, ReadOnlySpan<float> values)
    {
        TensorProto tensor = Graph.Initializer.FirstOrDefault(item => item.Name == name)
            ?? throw new ArgumentException($"The model has no constant '{name}'.", nameof(name));
        long length = tensor.Dims.Aggregate(1L, (product, axis) => checked(product * axis));
        if (tensor.DataType != FloatType || length != values.Length)
        {
            throw new ArgumentException($"The constant '{name}' is not {values.Length} float32 values.", nameof(values));
        }

        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++) System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        tensor.FloatData.Clear();
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
    }

    internal ModelProto CloneProto() => _model.Clone();
}
