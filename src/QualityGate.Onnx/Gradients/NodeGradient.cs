using QualityGate.Onnx.Facts;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Gradients;

/// <summary>One node in the backward pass: what a rule may ask of it, and where it gives its inputs' gradients.</summary>
internal sealed class NodeGradient(
    NodeProto node, GraphMath math, IReadOnlyList<string?> gradients, HashSet<string> reached, Action<string, string> give)
{
    public NodeProto Node => node;

    public GraphMath Math => math;

    public int InputCount => node.Input.Count;

    /// <summary>The first input.</summary>
    public string X => node.Input[0];

    /// <summary>The first output.</summary>
    public string Y => node.Output[0];

    /// <summary>The gradient of the first output.</summary>
    public string Dy => gradients[0] ?? throw Unsupported("only a further output of it is used");

    /// <summary>The gradient of an output, or null when the loss does not depend on it.</summary>
    public string? GradientOf(int output) => output < gradients.Count ? gradients[output] : null;

    public string Input(int index) => node.InputAt(index);

    public bool Has(int input) => node.InputAt(input).Length > 0;

    /// <summary>Whether the gradient of an input is wanted.</summary>
    public bool Wants(int input) => reached.Contains(node.InputAt(input));

    public TensorFacts FactsOf(int input) => math.Facts[node.InputAt(input)];

    /// <summary>The number of axes of an input; a rule that needs it cannot go on without.</summary>
    public int RankOf(int input) => FactsOf(input).Rank ?? throw Unsupported($"the number of axes of '{Input(input)}' is not known");

    public void Give(int input, string gradient)
    {
        if (Wants(input)) give(Input(input), gradient);
    }

    /// <summary>Gives a gradient that has the output's shape to an input that was broadcast to it.</summary>
    public void GiveBroadcast(int input, string gradient)
    {
        if (Wants(input)) give(Input(input), math.Unbroadcast(gradient, Y, Input(input)));
    }

    /// <summary>Refuses gradients of all inputs from a place on.</summary>
    public void RefuseFrom(int input)
    {
        for (int i = input; i < node.Input.Count; i++)
        {
            if (Wants(i)) throw Unsupported($"its input {i} ('{Input(i)}') would need a gradient");
        }
    }

    /// <summary>Refuses when an output other than the first is used by the loss.</summary>
    public void RefuseFurtherOutputs()
    {
        if (gradients.Skip(1).Any(gradient => gradient is not null)) throw Unsupported("the loss depends on one of its further outputs");
    }

    public GradientNotSupportedException Unsupported(string reason) =>
        new(node.OpType, node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "", reason);
}
