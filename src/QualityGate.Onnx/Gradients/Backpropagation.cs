using QualityGate.Onnx.Gradients.Rules;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Gradients;

/// <summary>Walks a graph backwards and asks each operator's rule for its part of the chain rule.</summary>
internal sealed class Backpropagation(GraphMath math)
{
    private readonly Dictionary<string, List<string>> _contributions = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Run(IReadOnlyDictionary<string, string> seeds, IReadOnlyList<string> withRespectTo)
    {
        foreach (string name in withRespectTo)
        {
            if (!math.Graph.Has(name)) throw new ArgumentException($"The graph has no tensor '{name}'.", nameof(withRespectTo));
        }

        NodeProto[] nodes = math.Graph.Graph.Node.ToArray();
        HashSet<string> reached = Reached(nodes, withRespectTo);
        foreach ((string tensor, string seed) in seeds) Give(tensor, seed);
        for (int i = nodes.Length - 1; i >= 0; i--) Visit(nodes[i], reached);
        return withRespectTo.Distinct(StringComparer.Ordinal).ToDictionary(name => name, Require, StringComparer.Ordinal);
    }

    /// <summary>Everything that moves when one of the tensors does.</summary>
    private HashSet<string> Reached(NodeProto[] nodes, IReadOnlyList<string> from)
    {
        HashSet<string> reached = new(from, StringComparer.Ordinal);
        foreach (NodeProto node in nodes)
        {
            if (RuleCatalogue.IsConstant(node) || !GraphNames.Reads(node).Any(reached.Contains)) continue;
            foreach (string output in node.Output)
            {
                // Whole numbers do not move by small steps.
                if (math.Facts[output] is { IsReal: true } or { Type: OnnxElementType.Undefined }) reached.Add(output);
            }
        }

        return reached;
    }

    private void Visit(NodeProto node, HashSet<string> reached)
    {
        if (RuleCatalogue.IsConstant(node) || !node.Output.Any(_contributions.ContainsKey) || !GraphNames.Reads(node).Any(reached.Contains)) return;
        string?[] gradients = node.Output.Select(output => reached.Contains(output) ? Total(output) : null).ToArray();
        if (gradients.All(gradient => gradient is null)) return;
        var context = new NodeGradient(node, math, gradients, reached, Give);
        if (RuleCatalogue.Find(node) is not { } rule) throw context.Unsupported("the operator has no rule");
        rule(context);
    }

    private void Give(string tensor, string gradient)
    {
        if (_contributions.TryGetValue(tensor, out List<string>? list)) list.Add(gradient);
        else _contributions[tensor] = [gradient];
    }

    private string? Total(string tensor)
    {
        if (!_contributions.TryGetValue(tensor, out List<string>? list)) return null;
        if (list.Count > 1)
        {
            string sum = math.Sum(list);
            list.Clear();
            list.Add(sum);
        }

        return list[0];
    }

    private string Require(string tensor) =>
        Total(tensor) ?? throw new ArgumentException($"The loss does not depend on '{tensor}', or only through whole numbers and shapes.");
}
