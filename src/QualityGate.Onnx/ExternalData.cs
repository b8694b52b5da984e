using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>Finds the files that a graph keeps its large constants in.</summary>
internal static class ExternalData
{
    private const int ExternalLocation = 1;

    /// <summary>Each location once, in ordinal order, as the model writes them: not yet checked to stay within a folder.</summary>
    public static IReadOnlyList<string> Locations(GraphProto graph)
    {
        SortedSet<string> locations = new(StringComparer.Ordinal);
        Collect(graph, locations);
        return locations.ToArray();
    }

    private static void Collect(GraphProto graph, SortedSet<string> locations)
    {
        foreach (TensorProto tensor in graph.Initializer) Collect(tensor, locations);
        foreach (AttributeProto attribute in graph.Node.SelectMany(node => node.Attribute))
        {
            if (attribute.T is { } tensor) Collect(tensor, locations);
            foreach (TensorProto item in attribute.Tensors) Collect(item, locations);
            if (attribute.G is { } body) Collect(body, locations);
            foreach (GraphProto item in attribute.Graphs) Collect(item, locations);
        }
    }

    private static void Collect(TensorProto tensor, SortedSet<string> locations)
    {
        if (tensor.DataLocation != ExternalLocation) return;
        string? location = tensor.ExternalData.FirstOrDefault(entry => entry.Key == "location")?.Value;
        if (!string.IsNullOrEmpty(location)) locations.Add(location);
    }
}
