using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <content>Shapes of convolutions, poolings, resizings and paddings.</content>
internal sealed partial class NodeInference
{
    private TensorFacts Windows(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { Count: > 2 } shape) return first with { Shape = null };
        bool isConvolution = node.OpType == "Conv";
        TensorFacts weights = isConvolution ? facts(node.InputAt(1)) : TensorFacts.Unknown;
        var result = shape.ToArray();
        if (isConvolution) result[1] = weights.Shape is { } filters ? filters[0] : Free();
        Window[]? windows = Window.Of(node, weights, shape);
        for (int i = 2; i < result.Length; i++)
        {
            result[i] = windows is not null && windows[i - 2].OutputLength(shape[i].Length) is { } length ? length : Free();
        }

        return first with { Shape = result };
    }

    private TensorFacts TransposedConvolution(NodeProto node, TensorFacts first)
    {
        TensorFacts weights = facts(node.InputAt(1));
        if (first.Shape is not { Count: > 2 } shape || weights.Shape is not { } filters) return first with { Shape = null };
        var result = shape.ToArray();
        result[1] = filters[1].Length is { } channels ? channels * node.Integer("group", 1) : Free();
        TransposedWindow[]? windows = TransposedWindow.Of(node, weights, shape);
        for (int i = 2; i < result.Length; i++)
        {
            result[i] = windows is not null && windows[i - 2].OutputLength(shape[i].Length) is { } length ? length : Free();
        }

        return first with { Shape = result };
    }

    private TensorFacts Resize(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape) return first;
        long[] axes = node.Integers("axes") ?? Enumerable.Range(0, shape.Count).Select(axis => (long)axis).ToArray();
        OnnxDimension[] result = shape.ToArray();
        IReadOnlyList<Quantity>? sizes = facts(node.InputAt(3)).Values;
        double[]? scales = facts(node.InputAt(2)).Reals;
        bool plain = node.Text("keep_aspect_ratio_policy", "stretch") == "stretch";
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)(axes[i] < 0 ? axes[i] + shape.Count : axes[i]);
            if (plain && sizes is not null && sizes.Count == axes.Length) result[axis] = Axis(sizes[i]);
            else if (scales is { Length: > 0 } && scales.Length == axes.Length && scales[i] == 1) result[axis] = shape[axis];
            else if (scales is { Length: > 0 } && scales.Length == axes.Length && shape[axis].Length is { } length) result[axis] = (long)Math.Floor(length * (float)scales[i]);
            else result[axis] = Free();
        }

        return first with { Shape = result };
    }

    private TensorFacts Pad(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape) return first;
        long[]? pads = facts(node.InputAt(1)).Integers;
        if (pads is null) return first with { Shape = Frees(shape.Count) };
        long[] axes = facts(node.InputAt(3)).Integers ?? Enumerable.Range(0, shape.Count).Select(axis => (long)axis).ToArray();
        OnnxDimension[] result = shape.ToArray();
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)(axes[i] < 0 ? axes[i] + shape.Count : axes[i]);
            long added = pads[i] + pads[i + axes.Length];
            if (added != 0) result[axis] = shape[axis].Length is { } length ? length + added : Free();
        }

        return first with { Shape = result };
    }
}
