using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>Reads a node's attributes with their defaults.</summary>
internal static class NodeAttributes
{
    public static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(item => item.Name == name);

    public static long Integer(this NodeProto node, string name, long otherwise) => node.Find(name) is { } found ? found.I : otherwise;

    public static double Real(this NodeProto node, string name, double otherwise) => node.Find(name) is { } found ? found.F : otherwise;

    public static string Text(this NodeProto node, string name, string otherwise) => node.Find(name) is { } found ? found.S.ToStringUtf8() : otherwise;

    public static long[]? Integers(this NodeProto node, string name) => node.Find(name) is { } found ? found.Ints.ToArray() : null;

    /// <summary>The input at a place, or an empty string when it is left out.</summary>
    public static string InputAt(this NodeProto node, int index) => index < node.Input.Count ? node.Input[index] : "";

    /// <summary>Removes an attribute and returns it.</summary>
    public static AttributeProto? Take(this NodeProto node, string name)
    {
        AttributeProto? found = node.Find(name);
        if (found is not null) node.Attribute.Remove(found);
        return found;
    }

    public static void Set(this NodeProto node, NodeParameter parameter)
    {
        AttributeProto proto = parameter.ToProto();
        node.Take(proto.Name);
        node.Attribute.Add(proto);
    }
}
