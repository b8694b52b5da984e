namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Operators that give values another shape or order.</summary>
internal static class ShapeRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["Reshape"] = rules["Flatten"] = rules["Squeeze"] = rules["Unsqueeze"] =
            node => node.Give(0, node.Math.ReshapeLike(node.Dy, node.X));
        rules["Transpose"] = Transpose;
        rules["Concat"] = Concat;
        rules["Split"] = Split;
        rules["Expand"] = node => node.GiveBroadcast(0, node.Dy);
        rules["DepthToSpace"] = DepthToSpace;
        rules["SpaceToDepth"] = node => node.Give(0, node.Math.One("DepthToSpace", node.Dy, Block(node)));
    }

    private static void Transpose(NodeGradient node)
    {
        long[]? order = node.Node.Integers("perm");
        if (order is null)
        {
            node.Give(0, node.Math.One("Transpose", node.Dy));
            return;
        }

        long[] inverse = new long[order.Length];
        for (int i = 0; i < order.Length; i++) inverse[order[i]] = i;
        node.Give(0, node.Math.Transpose(node.Dy, inverse));
    }

    private static void Concat(NodeGradient node)
    {
        GraphMath math = node.Math;
        int axis = (int)node.Node.Integer("axis", 0);
        if (node.InputCount == 1)
        {
            node.Give(0, node.Dy);
            return;
        }

        string lengths = math.Concat(Enumerable.Range(0, node.InputCount).Select(i => math.Length(node.Input(i), axis)).ToArray());
        IReadOnlyList<string> parts = math.Graph.NodeWithOutputs("Split", node.InputCount, [node.Dy, lengths], NodeParameter.Of("axis", (long)axis));
        for (int i = 0; i < parts.Count; i++) node.Give(i, parts[i]);
    }

    private static void Split(NodeGradient node)
    {
        string[] parts = node.Node.Output.Select((output, i) => node.GradientOf(i) ?? node.Math.ZerosLike(output)).ToArray();
        node.Give(0, node.Math.Graph.Node("Concat", parts, NodeParameter.Of("axis", node.Node.Integer("axis", 0))));
    }

    private static void DepthToSpace(NodeGradient node)
    {
        if (node.Node.Text("mode", "DCR") != "DCR") throw node.Unsupported("its mode is not DCR");
        node.Give(0, node.Math.One("SpaceToDepth", node.Dy, Block(node)));
    }

    private static NodeParameter Block(NodeGradient node) => NodeParameter.Of("blocksize", node.Node.Integer("blocksize", 1));
}
