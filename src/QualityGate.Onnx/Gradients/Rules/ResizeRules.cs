namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>
/// Resizing is, axis by axis, a linear map that depends on lengths only. Its matrix is built here and its transpose applied to
/// the gradient.
/// </summary>
internal static class ResizeRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules) => rules["Resize"] = Resize;

    private static void Resize(NodeGradient node)
    {
        node.RefuseFrom(1);
        int rank = node.RankOf(0);
        if (node.Node.Integer("antialias", 0) != 0) throw node.Unsupported("antialias is set");
        if (node.Node.Integer("exclude_outside", 0) != 0) throw node.Unsupported("exclude_outside is set");
        float[]? scales = Scales(node, rank);
        string gradient = node.Dy;
        for (int axis = 0; axis < rank; axis++)
        {
            OnnxDimension from = node.FactsOf(0).Shape![axis];
            OnnxDimension? to = node.Math.Facts[node.Y].Shape?[axis];
            if (scales is not null ? scales[axis] == 1 : from == to) continue;
            if (from.Length is not { } input || to?.Length is not { } output)
            {
                throw node.Unsupported($"the length of axis {axis} is not known before the model runs");
            }

            var map = new ResizeMap(node, input, output, scales?[axis] ?? (float)output / input);
            gradient = node.Math.TransposedMap(gradient, map.Matrix(), axis, rank);
        }

        node.Give(0, gradient);
    }

    /// <summary>A factor for every axis, or null when sizes are given instead.</summary>
    private static float[]? Scales(NodeGradient node, int rank)
    {
        if (!node.Has(2) || node.FactsOf(2).Shape is [{ Length: 0 }]) return null;
        double[] given = node.FactsOf(2).Reals ?? throw node.Unsupported("its scales are computed at run time");
        long[] axes = node.Node.Integers("axes") ?? Enumerable.Range(0, rank).Select(axis => (long)axis).ToArray();
        float[] scales = Enumerable.Repeat(1f, rank).ToArray();
        for (int i = 0; i < axes.Length; i++) scales[axes[i] < 0 ? axes[i] + rank : axes[i]] = (float)given[i];
        return scales;
    }
}
