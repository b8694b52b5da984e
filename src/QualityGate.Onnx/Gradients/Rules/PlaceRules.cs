using QualityGate.Onnx.Facts;

namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>
/// Operators that pick values. In general the same node, run on a tensor in which every element is its own place, tells where each
/// output came from; the gradients are added up there. That is right for every kind of index, step and repetition.
/// </summary>
internal static class PlaceRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["Slice"] = Slice;
        rules["Gather"] = rules["GatherND"] = rules["Tile"] = Picked;
        rules["GatherElements"] = GatherElements;
        rules["Pad"] = Pad;
    }

    private static void Picked(NodeGradient node)
    {
        node.RefuseFrom(1);
        GraphMath math = node.Math;
        string places = math.Graph.AppendLike(node.Node, math.PlacesOf(node.X));
        node.Give(0, math.ScatterAdd(places, node.Dy, node.X));
    }

    private static void GatherElements(NodeGradient node)
    {
        GraphMath math = node.Math;
        node.Give(0, math.Graph.Node(
            "ScatterElements",
            [math.ZerosLike(node.X), node.Input(1), node.Dy],
            NodeParameter.Of("axis", node.Node.Integer("axis", 0)),
            NodeParameter.Of("reduction", "add")));
    }

    /// <summary>A slice of known places in steps of one is padded back with zeros.</summary>
    private static void Slice(NodeGradient node)
    {
        GraphMath math = node.Math;
        Slicing[]? slices = node.FactsOf(0).Rank is { } known ? Slicing.Of(node.Node, name => math.Facts[name], known) : null;
        if (slices is null || slices.Any(slice => slice.Step != 1 || node.FactsOf(0).Length(slice.Axis) is null))
        {
            Picked(node);
            return;
        }

        int rank = node.RankOf(0);
        long[] pads = new long[2 * rank];
        foreach (Slicing slice in slices)
        {
            long length = node.FactsOf(0).Length(slice.Axis)!.Value;
            (long first, long count) = slice.Places(length);
            pads[slice.Axis] = first;
            pads[rank + slice.Axis] = length - first - count;
        }

        node.Give(0, math.Pad(node.Dy, pads));
    }

    private static void Pad(NodeGradient node)
    {
        node.RefuseFrom(1);
        GraphMath math = node.Math;
        string mode = node.Node.Text("mode", "constant");
        if (mode == "constant")
        {
            // Padding by the opposite cuts what was added and gives back zeros for what was cut.
            string opposite = math.Neg(node.Input(1));
            node.Give(0, math.Graph.Node("Pad", node.Has(3) ? [node.Dy, opposite, "", node.Input(3)] : [node.Dy, opposite]));
            return;
        }

        int rank = node.RankOf(0);
        long[] pads = node.FactsOf(1).Integers ?? throw node.Unsupported($"the pads of mode {mode} are computed at run time");
        long[] axes = node.Has(3)
            ? node.FactsOf(3).Integers ?? throw node.Unsupported("its axes are computed at run time")
            : Enumerable.Range(0, rank).Select(axis => (long)axis).ToArray();
        string gradient = node.Dy;
        for (int i = 0; i < axes.Length; i++)
        {
            (long begin, long end) = (pads[i], pads[i + axes.Length]);
            if (begin == 0 && end == 0) continue;
            int axis = (int)(axes[i] < 0 ? axes[i] + rank : axes[i]);
            long length = node.FactsOf(0).Length(axis) ?? throw node.Unsupported($"mode {mode} needs the length of axis {axis}, which is not known");
            gradient = math.TransposedMap(gradient, PaddingMap(node, mode, length, begin, end), axis, rank);
        }

        node.Give(0, gradient);
    }

    /// <summary>Which input each padded place shows: row for the output, column for the input.</summary>
    private static double[,] PaddingMap(NodeGradient node, string mode, long length, long begin, long end)
    {
        double[,] map = new double[length + begin + end, length];
        for (long row = 0; row < map.GetLength(0); row++)
        {
            long place = row - begin;
            long source = mode switch
            {
                "edge" => Math.Clamp(place, 0, length - 1),
                "reflect" => Reflected(place, length),
                "wrap" => ((place % length) + length) % length,
                _ => throw node.Unsupported($"its mode is {mode}"),
            };
            map[row, source] = 1;
        }

        return map;
    }

    private static long Reflected(long place, long length)
    {
        if (length == 1) return 0;
        long period = 2 * (length - 1);
        long within = ((place % period) + period) % period;
        return within < length ? within : period - within;
    }
}
