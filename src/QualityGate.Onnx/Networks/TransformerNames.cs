namespace QualityGate.Onnx.Networks;

/// <summary>What a family of state dicts calls the tensors of one transformer block; each name lacks its <c>.weight</c> or <c>.bias</c>.</summary>
internal sealed record TransformerNames
{
    /// <summary>Start of a block's names, with <c>{0}</c> for its number.</summary>
    public required string Block { get; init; }

    public required string FirstNorm { get; init; }

    public required string SecondNorm { get; init; }

    /// <summary>Weight and bias of query, key and value: one name each when they are kept in one matrix, or three.</summary>
    public required IReadOnlyList<(string Weight, string Bias)> QueryKeyValue { get; init; }

    public required string Projection { get; init; }

    public required string Expand { get; init; }

    public required string Contract { get; init; }

    /// <summary>Full names of the factors on the two residual branches, or null for none.</summary>
    public (string Attention, string Mlp)? Scales { get; init; }
}
