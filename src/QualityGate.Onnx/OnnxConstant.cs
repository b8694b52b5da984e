using System.Runtime.InteropServices;
using QualityGate.Onnx.Facts;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>A constant tensor of a model, such as a layer's weights.</summary>
public sealed class OnnxConstant
{
    private readonly TensorProto _tensor;

    internal OnnxConstant(TensorProto tensor) => _tensor = tensor;

    /// <summary>Its name in the model.</summary>
    public string Name => _tensor.Name;

    /// <summary>What it is made of.</summary>
    public OnnxElementType ElementType => (OnnxElementType)_tensor.DataType;

    /// <summary>Its lengths.</summary>
    public IReadOnlyList<long> Shape => _tensor.Dims;

    /// <summary>Its values, row-major, as float32.</summary>
    /// <exception cref="NotSupportedException">They lie in another file, or are text.</exception>
    public float[] ToFloats()
    {
        if (ElementType == OnnxElementType.Float && _tensor.HasRawData && !ConstantValues.IsExternal(_tensor) && BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.Cast<byte, float>(_tensor.RawData.Span).ToArray();
        }

        return Array.ConvertAll(ToDoubles(), value => (float)value);
    }

    /// <summary>Its values, row-major, as float64.</summary>
    /// <exception cref="NotSupportedException">They lie in another file, or are text.</exception>
    public double[] ToDoubles() =>
        ConstantValues.Read(_tensor) ?? throw new NotSupportedException($"The values of '{Name}' are text or lie in another file.");
}
