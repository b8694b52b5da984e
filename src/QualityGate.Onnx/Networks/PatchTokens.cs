namespace QualityGate.Onnx.Networks;

/// <summary>An image cut into patches as tokens <c>[batch, 1 + rows * columns, width]</c>, the class token first.</summary>
internal static class PatchTokens
{
    /// <summary>
    /// Adds the embedding. The class token is one more position: a row of zeros is put in front of the patches, to which the token and all
    /// positions are added at once, so that the batch's length need not be known.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="image"><c>[batch, 3, size, size]</c>.</param>
    /// <param name="kernel"><c>[width, 3, patch, patch]</c>.</param>
    /// <param name="bias"><c>[width]</c>, or null.</param>
    /// <param name="positions"><c>[1 + patches, width]</c>, with the class token's own embedding added to the first.</param>
    /// <param name="width">Width of a token.</param>
    /// <param name="patch">Pixels of a patch's side.</param>
    /// <returns>The tokens' name.</returns>
    public static string Add(GraphBuilder graph, string image, float[] kernel, float[]? bias, float[] positions, int width, int patch)
    {
        int tokens = positions.Length / width;
        string weight = graph.Initializer("patch.weight", kernel, width, 3, patch, patch);
        string patches = graph.Conv(image, weight, bias is null ? null : graph.Initializer("patch.bias", bias, width), stride: patch);
        string rows = graph.Node("Reshape", [patches, graph.Initializer("patch.shape", [0L, width, tokens - 1], 3)]);
        string sequence = graph.Node("Transpose", [rows], NodeParameter.Of("perm", [0, 2, 1]));
        string padded = graph.Node("Pad", [sequence, graph.Initializer("patch.pads", [0L, 1, 0, 0, 0, 0], 6)], NodeParameter.Of("mode", "constant"));
        return graph.Add(padded, graph.Initializer("positions", positions, 1, tokens, width));
    }
}
