using QualityGate.Onnx.Facts;

namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Maximum and average over windows.</summary>
internal static class PoolingRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["MaxPool"] = MaxPool;
        rules["AveragePool"] = AveragePool;
        rules["GlobalAveragePool"] = GlobalAverage;
        rules["GlobalMaxPool"] = GlobalMaximum;
    }

    /// <summary>
    /// The runtime says which place each maximum came from, so ties go where it chose, and places that several windows chose add up.
    /// </summary>
    private static void MaxPool(NodeGradient node)
    {
        if (node.Node.Integer("storage_order", 0) != 0) throw node.Unsupported("storage_order is not 0");
        node.Give(0, node.Math.ScatterAdd(node.Math.Graph.SecondOutput(node.Node), node.Dy, node.X));
    }

    /// <summary>
    /// Each output is the sum of its window over a divisor, which runtimes count differently at borders. The divisor is measured:
    /// pooling ones gives how many places were read over the divisor, a convolution of ones how many were read.
    /// </summary>
    private static void AveragePool(NodeGradient node)
    {
        GraphMath math = node.Math;
        int rank = node.RankOf(0);
        IReadOnlyList<OnnxDimension> shape = node.FactsOf(0).Shape!;
        Window[] windows = Window.Of(node.Node, TensorFacts.Unknown, shape) ?? throw node.Unsupported("the length that its padding depends on is not known");
        if (windows.Any(window => window.RoundsUp) && shape.Skip(2).Any(axis => axis.Length is null))
        {
            throw node.Unsupported("ceil_mode needs spatial lengths that are known");
        }

        windows = windows.Select((window, i) => window with { PadEnd = window.PadEnd + Overhang(window, shape[i + 2].Length) }).ToArray();
        string ones = OnePlane(node, shape);
        string kernel = Ones(math, windows, node.X);
        string read = math.Graph.Node("Conv", [ones, kernel], Steps(windows));
        string mean = math.Graph.Append("AveragePool", ones, node.Node.Attribute);
        string share = math.Mul(node.Dy, math.Div(mean, read));

        // Channels are no matter: each plane is a batch item of one channel.
        string planes = math.Reshape(share, PlaneShape(math, node.Y, rank));
        string spread = math.Graph.Node("ConvTranspose", [planes, kernel], Steps(windows.Select(window => window with { PadEnd = 0 }).ToArray()));
        string fitted = math.FitEnds(spread, math.Reshape(node.X, PlaneShape(math, node.X, rank)), rank);
        node.Give(0, math.ReshapeLike(fitted, node.X));
    }

    /// <summary>Places that a last, rounded up window reads behind the padding.</summary>
    private static long Overhang(Window window, long? length) =>
        window.RoundsUp && window.OutputLength(length) is { } count
            ? Math.Max(0, ((count - 1) * window.Stride) + window.Reach - (length!.Value + window.PadBegin + window.PadEnd))
            : 0;

    private static string OnePlane(NodeGradient node, IReadOnlyList<OnnxDimension> shape)
    {
        GraphMath math = node.Math;
        string spatial = math.Graph.Node("Slice", [math.Shape(node.X), math.Integers(2), math.Integers(shape.Count)]);
        return math.Graph.Node("Expand", [math.Scalar(1, node.X), math.Concat(math.Integers(1, 1), spatial)]);
    }

    private static string PlaneShape(GraphMath math, string tensor, int rank)
    {
        string spatial = math.Graph.Node("Slice", [math.Shape(tensor), math.Integers(2), math.Integers(rank)]);
        return math.Concat(math.Integers(-1, 1), spatial);
    }

    private static string Ones(GraphMath math, Window[] windows, string like)
    {
        long[] shape = [1, 1, .. windows.Select(window => window.Kernel)];
        return math.Graph.Node("Expand", [math.Scalar(1, like), math.Integers(shape)]);
    }

    private static NodeParameter[] Steps(Window[] windows) =>
    [
        NodeParameter.Of("strides", windows.Select(window => window.Stride).ToArray()),
        NodeParameter.Of("dilations", windows.Select(window => window.Dilation).ToArray()),
        NodeParameter.Of("pads", [.. windows.Select(window => window.PadBegin), .. windows.Select(window => window.PadEnd)]),
        NodeParameter.Of("kernel_shape", windows.Select(window => window.Kernel).ToArray()),
    ];

    private static void GlobalAverage(NodeGradient node)
    {
        GraphMath math = node.Math;
        string share = math.Div(math.Count(node.Y, node.X), math.Count(node.X, node.X));
        node.Give(0, math.ExpandLike(math.Mul(node.Dy, share), node.X));
    }

    /// <summary>Places that tie share the gradient equally.</summary>
    private static void GlobalMaximum(NodeGradient node)
    {
        GraphMath math = node.Math;
        long[] spatial = Enumerable.Range(2, node.RankOf(0) - 2).Select(axis => (long)axis).ToArray();
        string mask = math.Mask(math.Equal(node.X, node.Y), node.X);
        node.Give(0, math.Mul(math.Div(node.Dy, math.ReduceSum(mask, keepAxes: true, spatial)), mask));
    }
}
