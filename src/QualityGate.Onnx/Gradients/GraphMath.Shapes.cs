namespace QualityGate.Onnx.Gradients;

/// <content>Shapes, at build time where they are known, otherwise when the model runs.</content>
internal sealed partial class GraphMath
{
    /// <summary>The shape as a tensor of integers.</summary>
    public string Shape(string tensor)
    {
        if (Facts[tensor].Lengths is { } lengths) return Integers(lengths);
        if (!_shapes.TryGetValue(tensor, out string? shape)) _shapes[tensor] = shape = One("Shape", tensor);
        return shape;
    }

    /// <summary>The length of one axis as a vector of one integer.</summary>
    public string Length(string tensor, int axis)
    {
        if (Facts[tensor].Rank is not null && Facts[tensor].Length(axis) is { } length) return Integers(length);
        return Graph.Node("Gather", [Shape(tensor), Integers(axis)], NodeParameter.Of("axis", 0L));
    }

    public string Reshape(string tensor, string shape) => Graph.Node("Reshape", [tensor, shape]);

    public string Reshape(string tensor, params ReadOnlySpan<long> shape) => Reshape(tensor, Integers(shape));

    /// <summary>As many values in the shape of another tensor.</summary>
    public string ReshapeLike(string tensor, string like) => Reshape(tensor, Shape(like));

    public string ExpandLike(string tensor, string like) => Graph.Node("Expand", [tensor, Shape(like)]);

    public string OnesLike(string tensor) => Graph.Node("Expand", [Scalar(1, tensor), Shape(tensor)]);

    public string ZerosLike(string tensor) => Graph.Node("Expand", [Scalar(0, tensor), Shape(tensor)]);

    public string Transpose(string tensor, params ReadOnlySpan<long> order) => One("Transpose", tensor, NodeParameter.Of("perm", order));

    /// <summary>Exchanges two axes of a tensor with a known number of them; axes may count from the last.</summary>
    public string SwapAxes(string tensor, int rank, int left, int right)
    {
        long[] order = Enumerable.Range(0, rank).Select(axis => (long)axis).ToArray();
        left = left < 0 ? left + rank : left;
        right = right < 0 ? right + rank : right;
        (order[left], order[right]) = (order[right], order[left]);
        return left == right ? tensor : Transpose(tensor, order);
    }

    public string Unsqueeze(string tensor, params ReadOnlySpan<long> axes) => Graph.Node("Unsqueeze", [tensor, Integers(axes)]);

    public string Squeeze(string tensor, params ReadOnlySpan<long> axes) => Graph.Node("Squeeze", [tensor, Integers(axes)]);

    public string Concat(params ReadOnlySpan<string> vectors) => Graph.Node("Concat", vectors, NodeParameter.Of("axis", 0L));

    public string ReduceSum(string tensor, bool keepAxes, params ReadOnlySpan<long> axes) =>
        Graph.Node("ReduceSum", [tensor, Integers(axes)], NodeParameter.Of("keepdims", keepAxes ? 1L : 0L));

    public string ReduceMean(string tensor, params ReadOnlySpan<long> axes) => Graph.ReduceMean(tensor, keepAxes: true, axes);

    /// <summary>The number of elements, as a scalar of the type of another tensor.</summary>
    public string Count(string tensor, string like) =>
        Facts[tensor].Lengths is { } lengths
            ? Scalar(lengths.Aggregate(1.0, (product, axis) => product * axis), like)
            : Cast(One("Size", tensor), RealType(like));

    /// <summary>
    /// Sums a gradient that has the shape of <paramref name="from"/> over the axes along which <paramref name="to"/> was repeated.
    /// </summary>
    public string Unbroadcast(string gradient, string from, string to)
    {
        if (Facts[from].Shape is not { } wide || Facts[to].Shape is not { } narrow) return UnbroadcastAtRunTime(gradient, from, to);
        int extra = wide.Count - narrow.Count;
        List<long> repeated = [];
        for (int i = 0; i < narrow.Count; i++)
        {
            if (narrow[i] == wide[i + extra]) continue;
            if (narrow[i].Length == 1) repeated.Add(i + extra);
            else if (narrow[i].Length is null) return UnbroadcastAtRunTime(gradient, from, to);
        }

        if (repeated.Count > 0) gradient = ReduceSum(gradient, keepAxes: true, repeated.ToArray());
        if (extra > 0) gradient = ReduceSum(gradient, keepAxes: false, Enumerable.Range(0, extra).Select(axis => (long)axis).ToArray());
        return gradient;
    }

    /// <summary>Repeated axes are those where the shape, filled with ones from the left, differs.</summary>
    private string UnbroadcastAtRunTime(string gradient, string from, string to)
    {
        string wide = Shape(from);
        string narrow = Shape(to);
        string extra = Sub(One("Shape", wide), One("Shape", narrow));
        string filled = Concat(Graph.Node("Expand", [Integers(1), extra]), narrow);
        string differs = One("Not", Equal(filled, wide));
        string axes = Reshape(One("NonZero", differs), -1);
        string sum = Graph.Node("ReduceSum", [gradient, axes], NodeParameter.Of("keepdims", 1L), NodeParameter.Of("noop_with_empty_axes", 1L));
        return Reshape(sum, narrow);
    }
}
