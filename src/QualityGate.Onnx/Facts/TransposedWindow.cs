using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <summary>How a transposed convolution's window moves along one axis.</summary>
internal sealed record TransposedWindow(long Kernel, long Stride, long Dilation, long PadBegin, long PadEnd, long OutputPadding)
{
    public long Reach => ((Kernel - 1) * Dilation) + 1;

    /// <summary>One window for each spatial axis, or null when a length that is needed is not known.</summary>
    public static TransposedWindow[]? Of(NodeProto node, TensorFacts weights, IReadOnlyList<OnnxDimension> input)
    {
        int rank = input.Count - 2;
        if (Window.Kernels(node, weights, rank) is not { } kernels) return null;
        long[] strides = node.Integers("strides") ?? Window.Ones(rank);
        long[] dilations = node.Integers("dilations") ?? Window.Ones(rank);
        long[] pads = node.Integers("pads") ?? new long[2 * rank];
        long[] extra = node.Integers("output_padding") ?? new long[rank];
        long[]? lengths = node.Integers("output_shape");
        string auto = node.Text("auto_pad", "NOTSET");
        var windows = new TransposedWindow[rank];
        for (int i = 0; i < rank; i++)
        {
            var window = new TransposedWindow(kernels[i], strides[i], dilations[i], pads[i], pads[i + rank], extra[i]);
            long? wanted = lengths?[lengths.Length - rank + i];
            if (wanted is null && auto is "SAME_UPPER" or "SAME_LOWER") wanted = input[i + 2].Length * window.Stride;
            if (wanted is null && (lengths is not null || auto is "SAME_UPPER" or "SAME_LOWER")) return null;
            if (wanted is { } length && input[i + 2].Length is not { }) return null;
            if (wanted is { } output) window = window.ToReach(output, input[i + 2].Length!.Value, auto == "SAME_UPPER");
            else if (auto == "VALID") window = window with { PadBegin = 0, PadEnd = 0 };
            windows[i] = window;
        }

        return windows;
    }

    public long? OutputLength(long? input) => input is { } length ? Full(length) - PadBegin - PadEnd : null;

    private long Full(long input) => ((input - 1) * Stride) + OutputPadding + Reach;

    /// <summary>The padding that gives a wanted length. Where even no padding falls short, zeros follow.</summary>
    private TransposedWindow ToReach(long output, long input, bool upper)
    {
        long total = Full(input) - output;
        if (total < 0) return this with { PadBegin = 0, PadEnd = 0, OutputPadding = OutputPadding - total };
        long small = total / 2;
        return this with { PadBegin = upper ? small : total - small, PadEnd = upper ? total - small : small };
    }
}
