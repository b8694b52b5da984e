using System.Globalization;
using QualityGate.Onnx.Weights;

namespace QualityGate.Onnx.Networks;

/// <summary>
/// The blocks of a vision transformer (Dosovitskiy et al., 2021) whose normalisation comes first, on tokens <c>[batch, tokens, width]</c>. Constant
/// factors (the 1 / sqrt of attention, the scales of residual branches) are folded into the weights. Where only the class token goes on, the
/// last block computes that one alone.
/// </summary>
internal sealed class TransformerLayers(GraphBuilder graph, NamedWeights weights, TransformerNames names, int width, int tokens, double epsilon, bool quickGelu)
{
    /// <summary>Width of an attention head in every network read here.</summary>
    public const int HeadWidth = 64;

    private readonly int _heads = width / HeadWidth;
    private readonly List<string> _constants = [];

    /// <summary>Layer normalisation over the last axis.</summary>
    public string Normalise(string input, string name) =>
        graph.Node(
            "LayerNormalization",
            [input, Vector(name + ".weight", width), Vector(name + ".bias", width)],
            NodeParameter.Of("axis", -1),
            NodeParameter.Of("epsilon", (float)epsilon));

    /// <summary>All blocks, then the class token alone, <c>[batch, 1, width]</c>.</summary>
    public string ClassToken(string input, int blocks)
    {
        for (int block = 0; block < blocks; block++) input = Block(input, string.Format(CultureInfo.InvariantCulture, names.Block, block), classOnly: block == blocks - 1);
        return input;
    }

    private string Block(string input, string prefix, bool classOnly)
    {
        string normal = Normalise(input, prefix + names.FirstNorm);
        string attention = Attention(normal, prefix, classOnly);
        string rest = graph.Add(classOnly ? First(input) : input, attention);
        string hidden = Linear(Normalise(rest, prefix + names.SecondNorm), prefix + names.Expand, width, weights.Length(prefix + names.Expand + ".weight", 0), null);
        return graph.Add(rest, Linear(Gelu(hidden), prefix + names.Contract, weights.Length(prefix + names.Contract + ".weight", 1), width, Scale(prefix, names.Scales?.Mlp)));
    }

    private string Attention(string normal, string prefix, bool classOnly)
    {
        (float[] matrix, float[] bias) = QueryKeyValue(prefix);
        string query, key, value;
        if (classOnly)
        {
            query = Heads(Product(First(normal), prefix + "query", matrix.AsSpan(0, width * width), bias.AsSpan(0, width), width), 1, _heads);
            string pair = Heads(Product(normal, prefix + "pair", matrix.AsSpan(width * width), bias.AsSpan(width), 2 * width), tokens, 2 * _heads);
            (key, value) = (Part(pair, 0), Part(pair, 1));
        }
        else
        {
            string all = Heads(Product(normal, prefix + "all", matrix, bias, 3 * width), tokens, 3 * _heads);
            (query, key, value) = (Part(all, 0), Part(all, 1), Part(all, 2));
        }

        string scores = graph.MatMul(query, graph.Node("Transpose", [key], NodeParameter.Of("perm", [0, 1, 3, 2])));
        string mixed = graph.MatMul(graph.Node("Softmax", [scores], NodeParameter.Of("axis", -1)), value);
        string joined = graph.Node("Transpose", [mixed], NodeParameter.Of("perm", [0, 2, 1, 3]));
        joined = graph.Node("Reshape", [joined, Constant([0, classOnly ? 1 : tokens, width])]);
        return Linear(joined, prefix + names.Projection, width, width, Scale(prefix, names.Scales?.Attention));
    }

    /// <summary>Query, key and value as one matrix <c>[3 width, width]</c>, the query divided by the root of the head's width.</summary>
    private (float[] Matrix, float[] Bias) QueryKeyValue(string prefix)
    {
        int rows = 3 * width / names.QueryKeyValue.Count;
        float[] matrix = [.. names.QueryKeyValue.SelectMany(name => weights.Read(prefix + name.Weight, rows, width))];
        float[] bias = [.. names.QueryKeyValue.SelectMany(name => weights.Read(prefix + name.Bias, rows))];
        double factor = 1 / Math.Sqrt(HeadWidth);
        foreach (ref float weight in matrix.AsSpan(0, width * width)) weight = (float)(weight * factor);
        foreach (ref float weight in bias.AsSpan(0, width)) weight = (float)(weight * factor);
        return (matrix, bias);
    }

    /// <summary><c>[batch, length, heads * 64]</c> to <c>[batch, heads, length, 64]</c>.</summary>
    private string Heads(string input, int length, int heads) =>
        graph.Node("Transpose", [graph.Node("Reshape", [input, Constant([0, length, heads, HeadWidth])])], NodeParameter.Of("perm", [0, 2, 1, 3]));

    private string Part(string input, int part) => Slice(input, axis: 1, part * _heads, (part + 1) * _heads);

    private string First(string input) => Slice(input, axis: 1, 0, 1);

    private string Slice(string input, long axis, long from, long to) => graph.Node("Slice", [input, Constant([from]), Constant([to]), Constant([axis])]);

    private string Linear(string input, string name, int from, int to, float[]? scale)
    {
        float[] matrix = weights.Read(name + ".weight", to, from);
        float[] bias = weights.Read(name + ".bias", to);
        for (int row = 0; scale is not null && row < to; row++)
        {
            foreach (ref float weight in matrix.AsSpan(row * from, from)) weight *= scale[row];
            bias[row] *= scale[row];
        }

        return Product(input, name, matrix, bias, to);
    }

    /// <summary>x w^T + b; w is stored transposed, as MatMul takes it.</summary>
    private string Product(string input, string name, ReadOnlySpan<float> matrix, ReadOnlySpan<float> bias, int rows)
    {
        int columns = matrix.Length / rows;
        float[] transposed = new float[matrix.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) transposed[(column * rows) + row] = matrix[(row * columns) + column];
        }

        string product = graph.MatMul(input, graph.Initializer(name + ".matrix", transposed, columns, rows));
        return graph.Add(product, graph.Initializer(name + ".offset", bias, rows));
    }

    private float[]? Scale(string prefix, string? name) => name is null ? null : weights.Read(prefix + name, width);

    private string Gelu(string input)
    {
        if (quickGelu) return graph.Node("Mul", [input, graph.Node("Sigmoid", [graph.Node("Mul", [input, Number(1.702f)])])]);
        string error = graph.Node("Erf", [graph.Node("Div", [input, Number(1.41421356f)])]);
        return graph.Node("Mul", [graph.Node("Mul", [input, graph.Add(error, Number(1))]), Number(0.5f)]);
    }

    private string Vector(string name, int length) => graph.Initializer(name, weights.Read(name, length), length);

    private string Constant(ReadOnlySpan<long> values)
    {
        string name = $"constant[{string.Join(",", values.ToArray())}]";
        if (_constants.Contains(name)) return name;
        _constants.Add(name);
        return graph.Initializer(name, values, values.Length);
    }

    private string Number(float value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"number[{value:R}]");
        if (_constants.Contains(name)) return name;
        _constants.Add(name);
        return graph.Initializer(name, [value]);
    }
}
