using System.Runtime.InteropServices;
using QualityGate.Features.Files;
using QualityGate.Onnx;
using QualityGate.Onnx.Weights;

namespace QualityGate.Features.Models;

/// <summary>The weights of a safetensors file.</summary>
internal sealed class SafetensorsWeights : IWeightSource
{
    private readonly SafetensorsFile _file;

    private SafetensorsWeights(SafetensorsFile file)
    {
        _file = file;
        Tensors = file.Header.Tensors.ToDictionary(tensor => tensor.Name, tensor => new WeightTensor(TypeOf(tensor.Type), tensor.Shape), StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, WeightTensor> Tensors { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="Errors.UserErrorException">It is missing or damaged.</exception>
    public static SafetensorsWeights Open(string path) => new(SafetensorsFile.Open(path));

    /// <inheritdoc />
    public float[] ReadSingles(string name)
    {
        SafetensorsTensor tensor = _file.Find(name) ?? throw new WeightFormatException($"It holds no tensor '{name}'.");
        if (!SafetensorsType.IsFloat(tensor.Type)) throw new WeightFormatException($"Its tensor '{name}' holds {tensor.Type}, not floating point numbers.");
        float[] values = new float[SafetensorsTensor.Elements(tensor.Shape)];
        if (tensor.Type == SafetensorsType.Float32) MemoryMarshal.Cast<byte, float>(_file.Bytes(tensor)).CopyTo(values);
        else FloatConversion.ToSingles(tensor.Type, _file.Mapping, tensor.Offset, values);
        return values;
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static OnnxElementType TypeOf(string type) => type switch
    {
        "F32" => OnnxElementType.Float,
        "F64" => OnnxElementType.Double,
        "F16" => OnnxElementType.Float16,
        "BF16" => OnnxElementType.BFloat16,
        "I64" => OnnxElementType.Int64,
        "I32" => OnnxElementType.Int32,
        _ => OnnxElementType.Undefined,
    };
}
