namespace QualityGate.Numerics.Neighbours;

/// <summary>Who lies in whose balls.</summary>
/// <param name="ReferenceBallsAroundCandidate">For each candidate row, how many reference balls hold it, <c>[M]</c>.</param>
/// <param name="ReferenceBallHoldsCandidate">For each reference row, whether its ball holds any candidate row, <c>[N]</c>.</param>
/// <param name="CandidateBallHoldsReference">For each reference row, whether any candidate ball holds it, <c>[N]</c>.</param>
public sealed record Memberships(int[] ReferenceBallsAroundCandidate, bool[] ReferenceBallHoldsCandidate, bool[] CandidateBallHoldsReference);
