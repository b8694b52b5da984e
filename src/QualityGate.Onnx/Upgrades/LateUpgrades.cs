using System.Globalization;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>What changed between operator sets 11 and 18.</summary>
internal static class LateUpgrades
{
    /// <summary>Without the ratio, Dropout's input passes unchanged, as it did in every older set outside training.</summary>
    public static void To12(NodeProto node)
    {
        if (node.OpType == "Dropout") node.Take("ratio");
    }

    public static void To13(UpgradeWriter writer, NodeProto node)
    {
        switch (node.OpType)
        {
            case "Squeeze" or "Unsqueeze" or "ReduceSum":
                writer.AttributeToInput(node, "axes", 1);
                break;
            case "Split":
                writer.AttributeToInput(node, "split", 1);
                break;
            case "Softmax" or "LogSoftmax" or "Hardmax":
                FlattenAround(writer, node);
                break;
            default:
                break;
        }
    }

    public static void To14(UpgradeWriter writer, NodeProto node)
    {
        if (node.OpType != "BatchNormalization") return;
        if (node.Output.Skip(1).Any(writer.IsUsed))
        {
            throw new NotSupportedException($"The node '{node.Name}' (BatchNormalization of an old operator set) is exported for training.");
        }

        while (node.Output.Count > 1) node.Output.RemoveAt(node.Output.Count - 1);
    }

    public static void To18(UpgradeWriter writer, NodeProto node)
    {
        if (node.OpType is "ReduceMean" or "ReduceMax" or "ReduceMin" or "ReduceProd" or "ReduceL1" or "ReduceL2"
            or "ReduceLogSum" or "ReduceLogSumExp" or "ReduceSumSquare")
        {
            writer.AttributeToInput(node, "axes", 1);
        }
        else if (node.OpType == "Split" && node.InputAt(1).Length == 0 && node.Find("num_outputs") is null)
        {
            node.Set(NodeParameter.Of("num_outputs", node.Output.Count));
        }
    }

    /// <summary>Before set 13, these operators joined all axes from theirs on into one.</summary>
    private static void FlattenAround(UpgradeWriter writer, NodeProto node)
    {
        long axis = node.Integer("axis", 1);
        node.Set(NodeParameter.Of("axis", -1L));
        if (axis == -1) return;
        string input = node.Input[0];
        string output = node.Output[0];
        string shape = Before("Shape", [input]);
        NodeProto flatten = new() { OpType = "Flatten", Name = writer.NewName(output + "_flat"), Input = { input } };
        flatten.Output.Add(flatten.Name);
        flatten.Attribute.Add(NodeParameter.Of("axis", axis).ToProto());
        writer.Nodes.Add(flatten);
        node.Input[0] = flatten.Name;
        node.Output[0] = writer.NewName(string.Create(CultureInfo.InvariantCulture, $"{output}_rows"));
        writer.Follow(new NodeProto { OpType = "Reshape", Name = output, Input = { node.Output[0], shape }, Output = { output } });

        string Before(string operation, string[] inputs)
        {
            var before = new NodeProto { OpType = operation, Name = writer.NewName(output + "_shape") };
            before.Input.AddRange(inputs);
            before.Output.Add(before.Name);
            writer.Nodes.Add(before);
            return before.Name;
        }
    }
}
