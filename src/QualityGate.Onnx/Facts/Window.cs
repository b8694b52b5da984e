using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <summary>How a convolution's or pooling's window moves along one axis.</summary>
internal sealed record Window(long Kernel, long Stride, long Dilation, long PadBegin, long PadEnd, bool RoundsUp)
{
    /// <summary>Inputs that one window spans.</summary>
    public long Reach => ((Kernel - 1) * Dilation) + 1;

    /// <summary>One window for each spatial axis, or null when a length that is needed is not known.</summary>
    public static Window[]? Of(NodeProto node, TensorFacts weights, IReadOnlyList<OnnxDimension> input)
    {
        int rank = input.Count - 2;
        if (Kernels(node, weights, rank) is not { } kernels) return null;
        long[] strides = node.Integers("strides") ?? Ones(rank);
        long[] dilations = node.Integers("dilations") ?? Ones(rank);
        long[] pads = node.Integers("pads") ?? new long[2 * rank];
        string auto = node.Text("auto_pad", "NOTSET");
        bool roundsUp = node.Integer("ceil_mode", 0) != 0;
        var windows = new Window[rank];
        for (int i = 0; i < rank; i++)
        {
            var window = new Window(kernels[i], strides[i], dilations[i], pads[i], pads[i + rank], roundsUp);
            if (auto is "SAME_UPPER" or "SAME_LOWER")
            {
                if (window.Same(input[i + 2].Length, auto == "SAME_UPPER") is not { } same) return null;
                window = same;
            }

            windows[i] = auto == "VALID" ? window with { PadBegin = 0, PadEnd = 0 } : window;
        }

        return windows;
    }

    public static long[]? Kernels(NodeProto node, TensorFacts weights, int rank)
    {
        if (node.Integers("kernel_shape") is { Length: > 0 } kernels) return kernels;
        OnnxDimension[]? spatial = weights.Shape?.Skip(2).ToArray();
        return spatial?.Length == rank && spatial.All(axis => axis.Length is not null) ? spatial.Select(axis => axis.Length!.Value).ToArray() : null;
    }

    public static long[] Ones(int count) => Enumerable.Repeat(1L, count).ToArray();

    public long? OutputLength(long? input)
    {
        if (input is not { } length) return null;
        long room = length + PadBegin + PadEnd - Reach;
        if (!RoundsUp) return (room / Stride) + 1;
        long count = ((room + Stride - 1) / Stride) + 1;

        // A window that would begin in the padding behind the input is left out.
        return (count - 1) * Stride >= length + PadBegin ? count - 1 : count;
    }

    /// <summary>SAME: as many windows as strides fit into the input. With stride 1 the padding does not depend on its length.</summary>
    private Window? Same(long? input, bool upper)
    {
        if (input is null && Stride != 1) return null;
        long length = input ?? 1;
        long count = (length + Stride - 1) / Stride;
        long total = Math.Max(0, ((count - 1) * Stride) + Reach - length);
        long small = total / 2;
        return this with { PadBegin = upper ? small : total - small, PadEnd = upper ? total - small : small, RoundsUp = false };
    }
}
