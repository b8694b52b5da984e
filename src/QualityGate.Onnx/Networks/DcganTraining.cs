using QualityGate.Onnx.Gradients;

namespace QualityGate.Onnx.Networks;

/// <summary>
/// A network of <see cref="DcganLayers"/> in training, as matrix products: ONNX Runtime multiplies large matrices several times faster than it
/// convolves small images with weights that change. Between products, rows are gathered by tables; the gradient goes back through those by
/// the transposed table, and through everything else by <see cref="GraphGradient"/>.
/// </summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="shape">The sizes.</param>
/// <param name="weights">A parameter's tensor by its name.</param>
/// <param name="images">Images in a pass.</param>
/// <param name="groups">Equal parts of the images that are normalised each by itself.</param>
internal sealed class DcganTraining(GraphBuilder graph, DcganShape shape, IReadOnlyDictionary<string, string> weights, int images, int groups)
{
    private const float Slope = 0.2f;

    /// <summary>Whether the parameters' gradients are not wanted.</summary>
    public bool IsFixed { get; init; }

    private readonly Stack<Passage> _passages = new();
    private readonly List<(string Layer, string Mean, string Variance)> _statistics = [];
    private HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Images <c>[images, pixels, channels]</c> in -1..1 of latent vectors.</summary>
    public string Generator(string latent)
    {
        int side = shape.SmallestSide, channels = shape.ChannelsAt(shape.Halvings);
        string x = graph.Gemm(latent, Use("dense.weight"));
        x = graph.Node("Reshape", [x, graph.Integers([images, channels, side * side])]);
        x = graph.Node("Transpose", [x], NodeParameter.Of("perm", [0, 2, 1]));
        x = graph.Relu(Normalised("dense", Rows(x, side, channels), channels));
        for (int i = shape.Halvings; i > 0; i--)
        {
            int outputs = shape.ChannelsAt(i - 1);
            x = graph.MatMul(Rows(x, side, shape.ChannelsAt(i)), Matrix($"up{i}.weight", [0, 2, 3, 1], tapsAxis: 1, shape.ChannelsAt(i), outputs));
            side *= 2;
            x = Pass(x, side, outputs, isGather: false);
            x = i > 1 ? graph.Relu(Normalised($"up{i}", Rows(x, side, outputs), outputs)) : graph.Node("Tanh", [graph.Add(x, Use("up1.bias"))]);
        }

        return x;
    }

    /// <summary>The logits of images <c>[images, pixels, channels]</c>.</summary>
    public string Discriminator(string input)
    {
        string x = input;
        int side = shape.Size;
        for (int i = 1; i <= shape.Halvings; i++)
        {
            (int inputs, int outputs) = (shape.ChannelsAt(i - 1), shape.ChannelsAt(i));
            x = Pass(graph.Node("Reshape", [x, graph.Integers([images, side * side, inputs])]), side, inputs, isGather: true);
            side /= 2;
            x = graph.Node("Reshape", [x, graph.Integers([images * side * side, TapTables.Taps * inputs])]);
            x = graph.MatMul(x, Matrix($"down{i}.weight", [2, 3, 1, 0], tapsAxis: 0, inputs, outputs));
            x = i == 1 ? graph.Add(x, Use("down1.bias")) : Normalised($"down{i}", x, outputs);
            x = graph.Node("LeakyRelu", [x], NodeParameter.Of("alpha", Slope));
        }

        // The logit's weights are stored channels first; reordering them is less work than reordering the features.
        int channels = shape.ChannelsAt(shape.Halvings);
        string last = graph.Node("Reshape", [Use("logit.weight"), graph.Integers([channels, side * side])]);
        last = graph.Node("Reshape", [graph.Node("Transpose", [last], NodeParameter.Of("perm", [1, 0])), graph.Integers([side * side * channels, 1])]);
        x = graph.Node("Reshape", [x, graph.Integers([images, side * side * channels])]);
        return graph.Add(graph.MatMul(x, last), Use("logit.bias"));
    }

    /// <summary>Appends the gradients of all parameters that the passes since the beginning used.</summary>
    /// <param name="loss">A scalar, or a tensor whose gradient <paramref name="seed"/> is.</param>
    /// <param name="seed">The gradient of <paramref name="loss"/>, or null for a scalar.</param>
    /// <param name="input">A tensor before the first passage whose gradient is wanted too, or null.</param>
    public IReadOnlyDictionary<string, string> Gradients(string loss, string? seed, string? input = null)
    {
        Dictionary<string, string> gradients = new(StringComparer.Ordinal);
        HashSet<string> wanted = _used;
        while (true)
        {
            Passage? passage = _passages.Count > 0 ? _passages.Pop() : null;
            string[] names = [.. wanted.Select(name => weights[name])];
            string[] tensors = passage is not null ? [passage.Output, .. names] : input is not null ? [input, .. names] : names;
            IReadOnlyDictionary<string, string> found = tensors.Length == 0 ? new Dictionary<string, string>()
                : seed is null ? GraphGradient.Add(graph, loss, tensors)
                : GraphGradient.AddSeeded(graph, new Dictionary<string, string> { [loss] = seed }, tensors);
            foreach (string tensor in tensors) gradients[tensor] = found[tensor];
            if (passage is null) return gradients;
            if (passage.Used.Count == 0 && _passages.Count == 0 && input is null) return gradients;
            (loss, seed, wanted) = (passage.Input, passage.Back(found[passage.Output]), passage.Used);
        }
    }

    /// <summary>The running statistics of these passes' normalisations, by name, after each group in turn.</summary>
    public IReadOnlyDictionary<string, string> Running(IReadOnlyDictionary<string, string> before)
    {
        Dictionary<string, string> after = new(StringComparer.Ordinal);
        foreach ((string layer, string mean, string variance) in _statistics)
        {
            after[layer + ".mean"] = BatchStatistics.Running(graph, before[layer + ".mean"], mean, groups);
            after[layer + ".variance"] = BatchStatistics.Running(graph, before[layer + ".variance"], variance, groups);
        }

        return after;
    }

    private string Pass(string input, int side, int channels, bool isGather)
    {
        string output = isGather ? TapTables.Gather(graph, input, images, side, channels) : TapTables.Spread(graph, input, images, side, channels);
        _passages.Push(new Passage(input, output, _used, Back));
        _used = new HashSet<string>(StringComparer.Ordinal);
        return output;

        string Back(string gradient) => isGather
            ? TapTables.Spread(graph, gradient, images, side, channels)
            : graph.Node("Reshape", [TapTables.Gather(graph, gradient, images, side, channels), graph.Integers([images * side * side / 4, TapTables.Taps * channels])]);
    }

    private string Use(string parameter)
    {
        if (!IsFixed) _used.Add(parameter);
        return weights[parameter];
    }

    private string Rows(string planes, int side, int channels) => graph.Node("Reshape", [planes, graph.Integers([images * side * side, channels])]);

    /// <summary>A kernel with its four axes in another order and a 17th tap of zeros, as a matrix.</summary>
    private string Matrix(string parameter, long[] order, int tapsAxis, int inputs, int outputs)
    {
        string kernel = graph.Node("Transpose", [Use(parameter)], NodeParameter.Of("perm", order));
        long[] lengths = tapsAxis == 0 ? [TapTables.Taps - 1, inputs, outputs] : [inputs, TapTables.Taps - 1, outputs];
        kernel = graph.Node("Reshape", [kernel, graph.Integers(lengths)]);
        lengths[tapsAxis] = 1;
        string zeros = graph.Initializer(graph.UnusedName("zero-tap"), new float[inputs * outputs], lengths);
        kernel = graph.Node("Concat", [kernel, zeros], NodeParameter.Of("axis", tapsAxis));
        return graph.Node("Reshape", [kernel, graph.Integers(tapsAxis == 0 ? [TapTables.Taps * inputs, outputs] : [inputs, TapTables.Taps * outputs])]);
    }

    /// <summary>Batch normalisation of rows, each group of images by its own mean and variance.</summary>
    private string Normalised(string layer, string rows, int channels)
    {
        string x = graph.Node("Reshape", [rows, graph.Integers([groups, -1, channels])]);
        string mean = graph.ReduceMean(x, keepAxes: true, 1);
        string centred = graph.Node("Sub", [x, mean]);
        string variance = graph.ReduceMean(graph.Node("Mul", [centred, centred]), keepAxes: true, 1);
        _statistics.Add((layer, mean, variance));
        string deviation = graph.Node("Sqrt", [graph.Add(variance, BatchStatistics.EpsilonOf(graph))]);
        string scale = graph.Node("Div", [Use(layer + ".gain"), deviation]);
        string y = graph.Add(graph.Node("Mul", [centred, scale]), Use(layer + ".bias"));
        return graph.Node("Reshape", [y, graph.Integers([-1, channels])]);
    }

    /// <summary>A place where rows are gathered or spread: the parameters used before it, and how a gradient goes back through it.</summary>
    private sealed record Passage(string Input, string Output, HashSet<string> Used, Func<string, string> Back);
}
