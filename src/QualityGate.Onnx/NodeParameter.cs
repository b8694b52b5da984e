using Google.Protobuf;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>A named constant of a node, such as a convolution's <c>strides</c>; ONNX calls it an attribute.</summary>
public sealed class NodeParameter
{
    // AttributeProto.AttributeType of ONNX.
    private const int FloatType = 1;
    private const int IntType = 2;
    private const int StringType = 3;
    private const int IntsType = 7;

    private readonly AttributeProto _proto;

    private NodeParameter(AttributeProto proto) => _proto = proto;

    /// <summary>A parameter that holds one real number.</summary>
    public static NodeParameter Of(string name, float value) => new(new AttributeProto { Name = name, Type = FloatType, F = value });

    /// <summary>A parameter that holds one integer.</summary>
    public static NodeParameter Of(string name, long value) => new(new AttributeProto { Name = name, Type = IntType, I = value });

    /// <summary>A parameter that holds text.</summary>
    public static NodeParameter Of(string name, string value) =>
        new(new AttributeProto { Name = name, Type = StringType, S = ByteString.CopyFromUtf8(value) });

    /// <summary>A parameter that holds a list of integers.</summary>
    public static NodeParameter Of(string name, ReadOnlySpan<long> values)
    {
        var proto = new AttributeProto { Name = name, Type = IntsType };
        proto.Ints.AddRange(values.ToArray());
        return new NodeParameter(proto);
    }

    internal AttributeProto ToProto() => _proto.Clone();
}
