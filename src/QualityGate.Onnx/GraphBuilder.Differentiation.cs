using Google.Protobuf.Collections;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <content>What gradient rules need to do with existing nodes.</content>
public sealed partial class GraphBuilder
{
    /// <summary>A node's second output, added to it when it has only one.</summary>
    internal string SecondOutput(NodeProto node)
    {
        if (node.Output.Count > 1 && node.Output[1].Length > 0) return node.Output[1];
        string name = UnusedName(node.Output[0] + "_places");
        Claim(name);
        if (node.Output.Count > 1) node.Output[1] = name;
        else node.Output.Add(name);
        return name;
    }

    /// <summary>A copy of a node with another first input.</summary>
    internal string AppendLike(NodeProto node, string first)
    {
        NodeProto copy = node.Clone();
        copy.Input[0] = first;
        copy.Name = NextName(node.OpType);
        copy.Output.Clear();
        copy.Output.Add(copy.Name);
        Append(copy);
        return copy.Name;
    }

    internal string Append(string operation, string input, RepeatedField<AttributeProto> attributes)
    {
        string name = NextName(operation);
        Append(new NodeProto { OpType = operation, Name = name, Input = { input }, Output = { name }, Attribute = { attributes.Clone() } });
        return name;
    }
}
