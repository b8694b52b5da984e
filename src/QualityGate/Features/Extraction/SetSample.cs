namespace QualityGate.Features.Extraction;

/// <summary>That only a random sample of a set was measured, because time ran out.</summary>
/// <param name="Total">Images in the whole set.</param>
/// <param name="Seed">Seed of the order that it is the head of.</param>
/// <param name="Rows">Which images of the whole set were measured, ascending.</param>
public sealed record SetSample(int Total, uint Seed, IReadOnlyList<int> Rows);
