namespace QualityGate.Onnx.Gradients;

/// <content>Gradients of operators that pick, move or pad values.</content>
internal sealed partial class GraphMath
{
    /// <summary>
    /// Adds each gradient to the place, counted row-major through the whole tensor, that its value came from; zero elsewhere.
    /// </summary>
    public string ScatterAdd(string places, string gradient, string like)
    {
        string zeros = Graph.Node("Expand", [Scalar(0, like), Reshape(One("Size", like), 1)]);
        string sums = Graph.Node(
            "ScatterElements",
            [zeros, Reshape(places, -1), Reshape(gradient, -1)],
            NodeParameter.Of("axis", 0L),
            NodeParameter.Of("reduction", "add"));
        return ReshapeLike(sums, like);
    }

    /// <summary>A tensor of the same shape whose every element is its own place, counted row-major.</summary>
    public string PlacesOf(string tensor)
    {
        string zero = Graph.Initializer(Graph.UnusedName("zero"), new long[] { 0 });
        string one = Graph.Initializer(Graph.UnusedName("one"), new long[] { 1 });
        return ReshapeLike(Graph.Node("Range", [zero, One("Size", tensor), one]), tensor);
    }

    /// <summary>Pads with zeros, or cuts where a pad is negative: <c>begin of every axis, end of every axis</c>.</summary>
    public string Pad(string tensor, string pads) => Graph.Node("Pad", [tensor, pads]);

    public string Pad(string tensor, params ReadOnlySpan<long> pads)
    {
        foreach (long pad in pads)
        {
            if (pad != 0) return Pad(tensor, Integers(pads));
        }

        return tensor;
    }

    /// <summary>Brings all axes to the lengths of another tensor by zeros, or cuts, at their ends.</summary>
    public string FitEnds(string tensor, string like, int rank)
    {
        if (Facts[tensor].Shape is { } have && Facts[like].Shape is { } want && have.SequenceEqual(want)) return tensor;
        string missing = Sub(Shape(like), Shape(tensor));
        return Pad(tensor, Concat(Integers(new long[rank]), missing));
    }

    /// <summary>Applies a linear map <c>[out, in]</c> transposed along one axis: the gradient of that map.</summary>
    public string TransposedMap(string gradient, double[,] map, int axis, int rank)
    {
        string matrix = Matrix(map, gradient);
        string moved = SwapAxes(gradient, rank, axis, rank - 1);
        return SwapAxes(MatMul(moved, matrix), rank, axis, rank - 1);
    }
}
