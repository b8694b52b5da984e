using System.Globalization;
using QualityGate.Onnx;
using QualityGate.Onnx.Gradients;

namespace QualityGate.Tests.Onnx.Gradients;

/// <summary>
/// Holds a graph's gradients against differences. The loss is sum(y * s) with random seeds s over every output y; it is summed
/// here in float64, so that only the outputs are rounded. Differences use five points, whose error falls with the fourth power of the
/// step: with 1e-2 in float64 about 1e-9, and in float32, where rounding of 1e-7 / step counts, 0.04 leaves about 1e-5.
/// </summary>
internal sealed class GradientCheck
{
    private readonly List<Tensor> _inputs = [];
    private readonly GraphBuilder _graph = new("check");
    private readonly List<string> _outputs = [];
    private readonly HashSet<string> _fixed = [];

    public GradientCheck(int seed, OnnxElementType type = OnnxElementType.Double)
    {
        Random = new Random(seed);
        Type = type;
        Step = type == OnnxElementType.Double ? 1e-2 : 0.04;
        Tolerance = type == OnnxElementType.Double ? 1e-6 : 5e-4;
    }

    public Random Random { get; }

    public OnnxElementType Type { get; }

    public GraphBuilder Graph => _graph;

    /// <summary>A function that is linear in each input has exact differences for any step, so a large one avoids rounding.</summary>
    public double Step { get; set; }

    public double Tolerance { get; set; }

    /// <summary>Whether the model knows no lengths but the number of axes.</summary>
    public bool HidesLengths { get; set; }

    public string Normal(string name, params long[] shape) => Add(Tensor.Normal(name, Random, Type, shape));

    public string Uniform(string name, double least, double most, params long[] shape) => Add(Tensor.Uniform(name, Random, Type, least, most, shape));

    public string Apart(string name, params long[] shape) => Add(Tensor.Apart(name, Random, Type, shape));

    /// <summary>Distinct values that lie between those of <see cref="Apart"/>.</summary>
    public string Between(string name, params long[] shape)
    {
        Tensor apart = Tensor.Apart(name, Random, Type, shape);
        return Add(apart with { Values = Array.ConvertAll(apart.Values, value => value + 0.1) });
    }

    /// <summary>A tensor whose gradient is not asked for.</summary>
    public string Fixed(Tensor tensor)
    {
        _fixed.Add(tensor.Name);
        return Add(tensor);
    }

    public string Add(Tensor tensor)
    {
        _inputs.Add(tensor);
        OnnxDimension[] shape = tensor.Shape.Select((axis, i) => HidesLengths ? Free() : OnnxDimension.FromInt64(axis)).ToArray();
        return _graph.Input(tensor.Name, tensor.Type, shape);

        OnnxDimension Free() => new(null, null);
    }

    public long[] Shape(string input) => _inputs.First(tensor => tensor.Name == input).Shape;

    public GradientCheck Output(params string[] names)
    {
        _outputs.AddRange(names);
        return this;
    }

    public void Verify()
    {
        foreach (string output in _outputs) _graph.Output(output);
        OnnxModel forward = _graph.ToModel();
        string[] wanted = _inputs.Where(input => !_fixed.Contains(input.Name)).Select(input => input.Name).ToArray();
        GradientResult result = GraphGradient.AddSeeded(forward, _outputs, wanted);
        using var run = new GraphRun(forward);
        Tensor[] inputs = _inputs.ToArray();
        Tensor[] seeds = run.Run(inputs).Select(output => Seed(output.Key, output.Value)).ToArray();
        IReadOnlyDictionary<string, double[]> gradients = GraphRun.Once(result.Model, Shaped(seeds).Concat(inputs).ToArray());
        foreach (string name in wanted) Compare(run, name, seeds, gradients[result.Gradients[name]]);
    }

    private Tensor Seed(string output, double[] values) =>
        new("seed/" + output, Type, [values.Length], values.Select(_ => (Random.NextDouble() * 2) - 1).ToArray());

    /// <summary>Seeds in their outputs' shapes, which a run of Shape nodes tells.</summary>
    private IEnumerable<Tensor> Shaped(Tensor[] seeds)
    {
        GraphBuilder shapes = GraphBuilder.From(_graph.ToModel());
        foreach (string output in _outputs)
        {
            shapes.RemoveOutput(output);
            shapes.Output(shapes.Identity(shapes.Node("Shape", [output]), "shape/" + output));
        }

        IReadOnlyDictionary<string, double[]> found = GraphRun.Once(shapes.ToModel(), _inputs.ToArray());
        return seeds.Select(seed => seed with { Shape = Array.ConvertAll(found["shape/" + seed.Name["seed/".Length..]], value => (long)value) });
    }

    private void Compare(GraphRun run, string name, Tensor[] seeds, double[] gradient)
    {
        int at = _inputs.FindIndex(input => input.Name == name);
        Assert.Equal(_inputs[at].Values.Length, gradient.Length);
        double scale = Math.Max(1, gradient.Max(Math.Abs));
        for (int i = 0; i < gradient.Length; i++)
        {
            double expected = ((8 * (Loss(i, Step) - Loss(i, -Step))) - (Loss(i, 2 * Step) - Loss(i, -2 * Step))) / (12 * Step);
            Assert.True(
                Math.Abs(expected - gradient[i]) <= Tolerance * scale,
                string.Create(CultureInfo.InvariantCulture, $"d loss / d {name}[{i}] is {gradient[i]:R}, differences say {expected:R}"));
        }

        double Loss(int index, double step)
        {
            Tensor[] inputs = _inputs.ToArray();
            inputs[at] = inputs[at].WithStep(index, step);
            IReadOnlyDictionary<string, double[]> outputs = run.Run(inputs);
            return seeds.Sum(seed => outputs[seed.Name["seed/".Length..]].Zip(seed.Values, (y, s) => y * s).Sum());
        }
    }
}
