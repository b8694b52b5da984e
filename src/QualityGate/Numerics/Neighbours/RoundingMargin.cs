namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// How far a squared distance computed as <c>|a|^2 + |b|^2 - 2ab</c> in float32 can lie from the true one:
/// <c>Relative * (|a|^2 + |b|^2) + Absolute</c>. A dot product of D terms is off by at most about D u |a||b| (Higham, Accuracy and
/// Stability, 3.1), in any order of summation; centring and norms round a few times more. u = 2^-24.
/// </summary>
/// <param name="Relative">Share of the two squared norms.</param>
/// <param name="Absolute">Covers underflow; rows are scaled so that the largest squared norm is near 1.</param>
internal readonly record struct RoundingMargin(float Relative, float Absolute)
{
    private const double UnitRoundoff = 1.0 / (1 << 24);

    /// <summary>The margin for rows of <paramref name="width"/> values.</summary>
    public static RoundingMargin ForWidth(int width) => new((float)((width + 64) * UnitRoundoff), 1e-30f);
}
