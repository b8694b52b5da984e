using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>What changed between operator sets 7 and 11.</summary>
internal static class EarlyUpgrades
{
    public static void To10(UpgradeWriter writer, NodeProto node)
    {
        switch (node.OpType)
        {
            case "Slice":
                writer.AttributeToInput(node, "starts", 1);
                writer.AttributeToInput(node, "ends", 2);
                writer.AttributeToInput(node, "axes", 3);
                break;
            case "TopK" when node.Take("k") is { } count:
                UpgradeWriter.SetInput(node, 1, writer.Constant(node.Output[0] + "_k", new long[] { count.I }));
                break;
            case "Upsample":
                if (node.Take("scales") is { } scales) UpgradeWriter.SetInput(node, 1, writer.Constant(node.Output[0] + "_scales", scales.Floats.ToArray()));
                node.OpType = "Resize";
                break;
            case "BatchNormalization" when node.Take("spatial") is { I: 0 }:
                throw new NotSupportedException($"The node '{node.Name}' normalises each place by itself (spatial = 0), which newer operators cannot.");
            default:
                break;
        }
    }

    public static void To11(UpgradeWriter writer, NodeProto node)
    {
        switch (node.OpType)
        {
            case "Clip":
                if (node.Take("min") is { } least) UpgradeWriter.SetInput(node, 1, writer.Scalar(node.Output[0] + "_min", least.F));
                if (node.Take("max") is { } most) UpgradeWriter.SetInput(node, 2, writer.Scalar(node.Output[0] + "_max", most.F));
                break;
            case "Pad":
                writer.AttributeToInput(node, "pads", 1);
                if (node.Take("value") is { } value && value.F != 0) UpgradeWriter.SetInput(node, 2, writer.Scalar(node.Output[0] + "_value", value.F));
                break;
            case "Scatter":
                node.OpType = "ScatterElements";
                break;
            case "Resize" when node.Input.Count == 2:
                ToNewResize(writer, node);
                break;
            default:
                break;
        }
    }

    /// <summary>Resize of set 10 reads places as <c>x / scale</c> and rounds down, or up where it shrinks.</summary>
    private static void ToNewResize(UpgradeWriter writer, NodeProto node)
    {
        string scales = node.Input[1];
        node.Input[1] = "";
        node.Input.Add(scales);
        bool shrinks = writer.Values(scales)?.Any(scale => scale < 1) ?? false;
        node.Set(NodeParameter.Of("coordinate_transformation_mode", "asymmetric"));
        node.Set(NodeParameter.Of("nearest_mode", shrinks ? "ceil" : "floor"));
    }
}
