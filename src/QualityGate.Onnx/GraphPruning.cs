using Google.Protobuf.Collections;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>Removes what a graph's outputs do not need.</summary>
internal static class GraphPruning
{
    public static void Prune(GraphProto graph)
    {
        HashSet<string> needed = new(graph.Output.Select(output => output.Name), StringComparer.Ordinal);
        bool[] kept = new bool[graph.Node.Count];

        // Nodes are in topological order, so one pass from the last to the first sees every user before its maker.
        for (int i = kept.Length - 1; i >= 0; i--)
        {
            NodeProto node = graph.Node[i];
            kept[i] = node.Output.Any(needed.Contains);
            if (kept[i]) AddReads(node, needed);
        }

        NodeProto[] nodes = graph.Node.Where((_, i) => kept[i]).ToArray();
        Replace(graph.Node, nodes);
        foreach (NodeProto node in nodes) needed.UnionWith(node.Output);
        Replace(graph.Initializer, graph.Initializer.Where(tensor => needed.Contains(tensor.Name)).ToArray());
        Replace(graph.Input, graph.Input.Where(input => needed.Contains(input.Name)).ToArray());
        Replace(graph.ValueInfo, graph.ValueInfo.Where(info => needed.Contains(info.Name)).ToArray());
    }

    /// <summary>What a node reads, with what the bodies of its branches and loops read from the graph around them.</summary>
    private static void AddReads(NodeProto node, HashSet<string> names)
    {
        names.UnionWith(node.Input);
        foreach (AttributeProto attribute in node.Attribute)
        {
            IEnumerable<GraphProto> bodies = attribute.G is { } body ? attribute.Graphs.Append(body) : attribute.Graphs;
            foreach (GraphProto graph in bodies)
            {
                names.UnionWith(graph.Output.Select(output => output.Name));
                foreach (NodeProto inner in graph.Node) AddReads(inner, names);
            }
        }
    }

    private static void Replace<T>(RepeatedField<T> field, T[] values)
    {
        field.Clear();
        field.AddRange(values);
    }
}
