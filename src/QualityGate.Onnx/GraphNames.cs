using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>Names in a graph, with those in the bodies of its branches and loops.</summary>
internal static class GraphNames
{
    /// <summary>Every tensor name that the graph or a body defines.</summary>
    public static IEnumerable<string> All(GraphProto graph) =>
        graph.Input.Select(input => input.Name)
            .Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.Node.SelectMany(node => node.Output))
            .Concat(graph.Node.SelectMany(Bodies).SelectMany(All))
            .Where(name => name.Length > 0);

    /// <summary>The bodies of a branch or loop.</summary>
    public static IEnumerable<GraphProto> Bodies(NodeProto node) =>
        node.Attribute.SelectMany(attribute => attribute.G is { } body ? attribute.Graphs.Append(body) : attribute.Graphs);

    /// <summary>What a node reads, with what its bodies read from around them.</summary>
    public static IEnumerable<string> Reads(NodeProto node) =>
        node.Input
            .Concat(Bodies(node).SelectMany(body => body.Node.SelectMany(Reads).Concat(body.Output.Select(output => output.Name))))
            .Where(name => name.Length > 0);

    /// <summary>Renames every tensor in a node and in its bodies.</summary>
    public static void Rename(NodeProto node, Func<string, string> rename)
    {
        for (int i = 0; i < node.Input.Count; i++) node.Input[i] = Renamed(node.Input[i], rename);
        for (int i = 0; i < node.Output.Count; i++) node.Output[i] = Renamed(node.Output[i], rename);
        if (node.Name.Length > 0) node.Name = rename(node.Name);
        foreach (GraphProto body in Bodies(node)) Rename(body, rename);
    }

    private static void Rename(GraphProto body, Func<string, string> rename)
    {
        foreach (ValueInfoProto info in body.Input.Concat(body.Output).Concat(body.ValueInfo)) info.Name = Renamed(info.Name, rename);
        foreach (TensorProto tensor in body.Initializer) tensor.Name = Renamed(tensor.Name, rename);
        foreach (NodeProto node in body.Node) Rename(node, rename);
    }

    private static string Renamed(string name, Func<string, string> rename) => name.Length == 0 ? name : rename(name);
}
