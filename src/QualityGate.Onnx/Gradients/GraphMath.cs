using System.Globalization;
using QualityGate.Onnx.Facts;

namespace QualityGate.Onnx.Gradients;

/// <summary>The vocabulary that gradient rules are written in: tensors by name, each method adds the nodes that compute its result.</summary>
internal sealed partial class GraphMath
{
    private readonly Dictionary<(double, OnnxElementType), string> _scalars = [];
    private readonly Dictionary<string, string> _integers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shapes = new(StringComparer.Ordinal);

    public GraphMath(GraphBuilder graph)
    {
        Graph = graph;
        Facts = new GraphFacts(graph.Graph);
    }

    public GraphBuilder Graph { get; }

    public GraphFacts Facts { get; }

    public string Add(string left, string right) => Graph.Node("Add", [left, right]);

    public string Sub(string left, string right) => Graph.Node("Sub", [left, right]);

    public string Mul(string left, string right) => Graph.Node("Mul", [left, right]);

    public string Div(string left, string right) => Graph.Node("Div", [left, right]);

    public string Pow(string left, string right) => Graph.Node("Pow", [left, right]);

    public string Where(string condition, string yes, string no) => Graph.Node("Where", [condition, yes, no]);

    public string Greater(string left, string right) => Graph.Node("Greater", [left, right]);

    public string Less(string left, string right) => Graph.Node("Less", [left, right]);

    public string Equal(string left, string right) => Graph.Node("Equal", [left, right]);

    public string One(string operation, string input, params ReadOnlySpan<NodeParameter> parameters) => Graph.Node(operation, [input], parameters);

    public string Neg(string input) => One("Neg", input);

    public string Exp(string input) => One("Exp", input);

    public string MatMul(string left, string right) => Graph.MatMul(left, right);

    /// <summary>The product with a number.</summary>
    public string Scale(string input, double factor) => factor == 1 ? input : Mul(input, Scalar(factor, input));

    public string Sum(IReadOnlyList<string> terms) => terms.Count == 2 ? Add(terms[0], terms[1]) : Graph.Node("Sum", terms.ToArray());

    public string Cast(string input, OnnxElementType type) => One("Cast", input, NodeParameter.Of("to", (long)type));

    /// <summary>Zeros and ones of the type of another tensor.</summary>
    public string Mask(string condition, string like) => Cast(condition, RealType(like));

    /// <summary>The type of a tensor, float32 where it is not known.</summary>
    public OnnxElementType RealType(string tensor) => Facts[tensor] is { IsReal: true } facts ? facts.Type : OnnxElementType.Float;

    /// <summary>A constant of rank 0 and of the type of another tensor.</summary>
    public string Scalar(double value, string like)
    {
        OnnxElementType type = RealType(like);
        if (_scalars.TryGetValue((value, type), out string? known)) return known;
        string text = string.Create(CultureInfo.InvariantCulture, $"scalar_{value:R}");
        string name = type == OnnxElementType.Double
            ? Graph.Initializer(Graph.UnusedName(text + "_f64"), [value])
            : Graph.Initializer(Graph.UnusedName(text), [(float)value]);
        if (type is not (OnnxElementType.Float or OnnxElementType.Double)) name = Cast(name, type);
        _scalars[(value, type)] = name;
        return name;
    }

    /// <summary>A constant vector of integers.</summary>
    public string Integers(params ReadOnlySpan<long> values)
    {
        string key = string.Join(',', values.ToArray());
        if (!_integers.TryGetValue(key, out string? name)) _integers[key] = name = Graph.Integers(values);
        return name;
    }

    /// <summary>A constant matrix of the type of another tensor.</summary>
    public string Matrix(double[,] values, string like)
    {
        string name = Graph.UnusedName("matrix");
        double[] flat = values.Cast<double>().ToArray();
        ReadOnlySpan<long> shape = [values.GetLength(0), values.GetLength(1)];
        return RealType(like) == OnnxElementType.Double
            ? Graph.Initializer(name, flat, shape)
            : Graph.Initializer(name, Array.ConvertAll(flat, value => (float)value), shape);
    }
}
