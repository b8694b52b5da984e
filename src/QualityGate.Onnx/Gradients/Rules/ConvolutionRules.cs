using QualityGate.Onnx.Facts;

namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Convolutions and transposed convolutions, in any number of spatial axes.</summary>
internal static class ConvolutionRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["Conv"] = Conv;
        rules["ConvTranspose"] = ConvTranspose;
    }

    private static void Conv(NodeGradient node)
    {
        Window[] windows = WindowsOf(node);
        long groups = node.Node.Integer("group", 1);
        if (node.Wants(0)) node.Give(0, ConvInput(node, windows, groups));
        if (node.Wants(1))
        {
            node.Give(1, Weights(node, node.X, node.Dy, windows, groups));
        }

        GiveBias(node, windows.Length);
    }

    /// <summary>
    /// The transposed convolution of the output's gradient. Inputs behind the last window that fits were never read, so
    /// zeros are added at the end.
    /// </summary>
    private static string ConvInput(NodeGradient node, Window[] windows, long groups)
    {
        GraphMath math = node.Math;
        IReadOnlyList<OnnxDimension> shape = node.FactsOf(0).Shape!;
        long?[] unread = windows.Select((window, i) => (shape[i + 2].Length + window.PadBegin + window.PadEnd - window.Reach) % window.Stride).ToArray();
        bool isKnown = unread.All(rest => rest is not null);

        // Without the length, what the windows wrote behind the input is not cut as padding: its own length may fall short of it.
        if (!isKnown) windows = windows.Select(window => window with { PadEnd = 0 }).ToArray();
        List<NodeParameter> parameters = Common(windows.Select(window => window.Stride), windows.Select(window => window.Dilation), windows, groups);
        if (isKnown) parameters.Add(NodeParameter.Of("output_padding", unread.Select(rest => rest!.Value).ToArray()));
        string gradient = math.Graph.Node("ConvTranspose", [node.Dy, node.Input(1)], parameters.ToArray());
        return isKnown ? gradient : math.FitEnds(gradient, node.X, shape.Count);
    }

    /// <summary>
    /// The gradient of the weights is a convolution too, of the input with the output's gradient: batch and channels change
    /// places, and so do strides and dilations. Windows that the stride left out of the input leave surplus rows, which are cut.
    /// </summary>
    private static string Weights(NodeGradient node, string input, string outputGradient, Window[] windows, long groups)
    {
        GraphMath math = node.Math;
        int spatial = windows.Length;
        string swapped = groups == 1 ? math.SwapAxes(input, spatial + 2, 0, 1) : GroupsAsChannels(math, input, spatial, groups);
        string kernel = math.SwapAxes(outputGradient, spatial + 2, 0, 1);
        List<NodeParameter> parameters = Common(windows.Select(window => window.Dilation), windows.Select(window => window.Stride), windows, groups);
        string product = math.Graph.Node("Conv", [swapped, kernel], parameters.ToArray());
        string weights = math.SwapAxes(product, spatial + 2, 0, 1);
        long[] kernels = windows.Select(window => window.Kernel).ToArray();
        long[] axes = Enumerable.Range(2, spatial).Select(axis => (long)axis).ToArray();
        return math.Graph.Node("Slice", [weights, math.Integers(new long[spatial]), math.Integers(kernels), math.Integers(axes)]);
    }

    /// <summary>[N, groups * C, ...] as [C, groups * N, ...], so that each group of the product sees its own channels only.</summary>
    private static string GroupsAsChannels(GraphMath math, string input, int spatial, long groups)
    {
        string tail = math.Graph.Node("Slice", [math.Shape(input), math.Integers(2), math.Integers(spatial + 2)]);
        string batch = math.Length(input, 0);
        string split = math.Reshape(input, math.Concat(batch, math.Integers(groups, -1), tail));
        long[] order = [2, 1, 0, .. Enumerable.Range(3, spatial).Select(axis => (long)axis)];
        string channels = math.Graph.Node("Div", [math.Length(input, 1), math.Integers(groups)]);
        string joined = math.Concat(channels, math.Graph.Node("Mul", [batch, math.Integers(groups)]), tail);
        return math.Reshape(math.Transpose(split, order), joined);
    }

    private static void ConvTranspose(NodeGradient node)
    {
        int spatial = node.RankOf(0) - 2;
        TransposedWindow[] windows = TransposedWindow.Of(node.Node, node.FactsOf(1), node.FactsOf(0).Shape!)
            ?? throw node.Unsupported("its kernel, or the length that its padding depends on, is not known");
        long groups = node.Node.Integer("group", 1);

        // The convolution that takes the output's gradient back reads exactly as many windows as there were inputs.
        Window[] back = windows.Select(window => new Window(
            window.Kernel, window.Stride, window.Dilation, window.PadBegin, window.PadEnd - window.OutputPadding, RoundsUp: false)).ToArray();
        string dy = CutUnwritten(node, back, spatial);
        back = back.Select(window => window with { PadEnd = Math.Max(0, window.PadEnd) }).ToArray();
        if (node.Wants(0))
        {
            List<NodeParameter> parameters = Common(back.Select(window => window.Stride), back.Select(window => window.Dilation), back, groups);
            node.Give(0, node.Math.Graph.Node("Conv", [dy, node.Input(1)], parameters.ToArray()));
        }

        if (node.Wants(1)) node.Give(1, Weights(node, dy, node.X, back, groups));
        GiveBias(node, spatial);
    }

    /// <summary>Output padding beyond the padding is written by no window: its gradient goes nowhere.</summary>
    private static string CutUnwritten(NodeGradient node, Window[] windows, int spatial)
    {
        long[] pads = new long[2 * (spatial + 2)];
        for (int i = 0; i < spatial; i++) pads[spatial + 4 + i] = Math.Min(0, windows[i].PadEnd);
        return node.Math.Pad(node.Dy, pads);
    }

    private static void GiveBias(NodeGradient node, int spatial)
    {
        if (!node.Wants(2)) return;
        long[] axes = [0, .. Enumerable.Range(2, spatial).Select(axis => (long)axis)];
        node.Give(2, node.Math.ReduceSum(node.Dy, keepAxes: false, axes));
    }

    private static Window[] WindowsOf(NodeGradient node)
    {
        node.RankOf(0);
        return Window.Of(node.Node, node.FactsOf(1), node.FactsOf(0).Shape!)
            ?? throw node.Unsupported("its kernel, or the length that its padding depends on, is not known");
    }

    private static List<NodeParameter> Common(IEnumerable<long> strides, IEnumerable<long> dilations, Window[] windows, long groups) =>
    [
        NodeParameter.Of("strides", strides.ToArray()),
        NodeParameter.Of("dilations", dilations.ToArray()),
        NodeParameter.Of("pads", [.. windows.Select(window => window.PadBegin), .. windows.Select(window => window.PadEnd)]),
        NodeParameter.Of("group", groups),
    ];
}
