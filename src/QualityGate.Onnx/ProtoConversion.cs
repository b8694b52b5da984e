using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>Between the protobuf messages and the records that users of this library see.</summary>
internal static class ProtoConversion
{
    public static ValueInfoProto ToValueInfo(OnnxTensorInfo info)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)info.ElementType };
        if (info.Shape is { } shape)
        {
            tensor.Shape = new TensorShapeProto();
            foreach (OnnxDimension axis in shape) tensor.Shape.Dim.Add(ToDimension(axis));
        }

        return new ValueInfoProto { Name = info.Name, Type = new TypeProto { TensorType = tensor } };
    }

    public static OnnxTensorInfo ToTensorInfo(ValueInfoProto proto)
    {
        TypeProto.Types.Tensor? tensor = proto.Type?.TensorType;
        OnnxElementType type = tensor is null ? OnnxElementType.Undefined : (OnnxElementType)tensor.ElemType;
        return new OnnxTensorInfo(proto.Name, type, tensor?.Shape?.Dim.Select(ToDimension).ToArray());
    }

    private static TensorShapeProto.Types.Dimension ToDimension(OnnxDimension axis)
    {
        var dimension = new TensorShapeProto.Types.Dimension();
        if (axis.Length is { } length) dimension.DimValue = length;
        else if (axis.Name is { } name) dimension.DimParam = name;
        return dimension;
    }

    private static OnnxDimension ToDimension(TensorShapeProto.Types.Dimension proto) => proto.ValueCase switch
    {
        // Some exporters write -1 or 0 for a length that is not known.
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue when proto.DimValue > 0 => new OnnxDimension(proto.DimValue, null),
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam => new OnnxDimension(null, proto.DimParam),
        _ => new OnnxDimension(null, null),
    };
}
