namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Normalisations: (x - mean) / sqrt(variance + epsilon) * scale + bias.</summary>
internal static class NormalizationRules
{
    private const double DefaultEpsilon = 1e-5f;

    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["BatchNormalization"] = BatchNormalization;
        rules["InstanceNormalization"] = InstanceNormalization;
        rules["LayerNormalization"] = LayerNormalization;
    }

    private static void BatchNormalization(NodeGradient node)
    {
        node.RefuseFurtherOutputs();
        int rank = node.RankOf(0);
        long[] others = Axes(rank, axis => axis != 1);
        if (node.Node.Integer("training_mode", 0) != 0)
        {
            ThroughStatistics(node, statistics: others, parameters: others, parameterAxes: Axes(rank, axis => axis > 1));
            return;
        }

        GraphMath math = node.Math;
        long[] after = Axes(rank, axis => axis > 1);
        string inverse = Inverse(math, Spread(math, node.Input(4), after), Epsilon(node));
        string centred = math.Sub(node.X, Spread(math, node.Input(3), after));
        string scaled = math.Mul(node.Dy, math.Mul(Spread(math, node.Input(1), after), inverse));
        node.Give(0, scaled);
        if (node.Wants(1)) node.Give(1, math.ReduceSum(math.Mul(node.Dy, math.Mul(centred, inverse)), keepAxes: false, others));
        if (node.Wants(2)) node.Give(2, math.ReduceSum(node.Dy, keepAxes: false, others));
        if (node.Wants(3)) node.Give(3, math.Neg(math.ReduceSum(scaled, keepAxes: false, others)));
        if (!node.Wants(4)) return;
        string square = math.Mul(inverse, inverse);
        node.Give(4, math.Scale(math.ReduceSum(math.Mul(math.Mul(scaled, centred), square), keepAxes: false, others), -0.5));
    }

    private static void InstanceNormalization(NodeGradient node)
    {
        int rank = node.RankOf(0);
        long[] spatial = Axes(rank, axis => axis > 1);
        ThroughStatistics(node, spatial, Axes(rank, axis => axis != 1), spatial);
    }

    private static void LayerNormalization(NodeGradient node)
    {
        node.RefuseFurtherOutputs();
        int rank = node.RankOf(0);
        long from = node.Node.Integer("axis", -1);
        if (from < 0) from += rank;
        ThroughStatistics(node, Axes(rank, axis => axis >= from), parameters: null, parameterAxes: []);
    }

    /// <summary>
    /// With n = (x - mean) / deviation and g = dy * scale: dx = (g - mean(g) - n mean(g n)) / deviation.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="statistics">Axes over which mean and variance are taken.</param>
    /// <param name="parameters">Axes over which gradients of scale and bias are summed; null where both are broadcast as they are.</param>
    /// <param name="parameterAxes">Axes that scale and bias lack at their end.</param>
    private static void ThroughStatistics(NodeGradient node, long[] statistics, long[]? parameters, long[] parameterAxes)
    {
        GraphMath math = node.Math;
        string centred = math.Sub(node.X, math.ReduceMean(node.X, statistics));
        string inverse = Inverse(math, math.ReduceMean(math.Mul(centred, centred), statistics), Epsilon(node));
        string normal = math.Mul(centred, inverse);
        if (node.Wants(0))
        {
            string g = math.Mul(node.Dy, Spread(math, node.Input(1), parameterAxes));
            string alongMean = math.Sub(g, math.ReduceMean(g, statistics));
            string alongScale = math.Mul(normal, math.ReduceMean(math.Mul(g, normal), statistics));
            node.Give(0, math.Mul(inverse, math.Sub(alongMean, alongScale)));
        }

        if (node.Wants(1)) Parameter(1, math.Mul(node.Dy, normal));
        if (node.Wants(2)) Parameter(2, node.Dy);

        void Parameter(int input, string gradient)
        {
            if (parameters is null) node.Give(input, math.Unbroadcast(gradient, node.X, node.Input(input)));
            else node.Give(input, math.ReduceSum(gradient, keepAxes: false, parameters));
        }
    }

    private static double Epsilon(NodeGradient node) => node.Node.Real("epsilon", DefaultEpsilon);

    private static string Inverse(GraphMath math, string variance, double epsilon) =>
        math.One("Reciprocal", math.One("Sqrt", math.Add(variance, math.Scalar(epsilon, variance))));

    /// <summary>A value for each channel as [channels, 1, 1...].</summary>
    private static string Spread(GraphMath math, string channels, long[] after) =>
        after.Length == 0 ? channels : math.Unsqueeze(channels, after.Select(axis => axis - 1).ToArray());

    private static long[] Axes(int rank, Func<int, bool> chosen) => Enumerable.Range(0, rank).Where(chosen).Select(axis => (long)axis).ToArray();
}
