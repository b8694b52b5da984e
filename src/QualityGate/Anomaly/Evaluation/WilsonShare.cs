namespace QualityGate.Anomaly.Evaluation;

/// <summary>A share of images with Wilson's interval (1927), which stays in [0, 1] and is honest at 0 of n.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Confidence level.</param>
public sealed record WilsonShare(int Count, int Of, double Low, double High, double Level)
{
    /// <summary>The share.</summary>
    public double Value => (double)Count / Of;

    /// <summary>Standard error of a binomial share.</summary>
    public double StandardError => Math.Sqrt(Value * (1 - Value) / Of);

    /// <summary>The share and its interval.</summary>
    /// <param name="count">How many.</param>
    /// <param name="of">Of how many, at least 1.</param>
    /// <param name="level">Confidence level.</param>
    public static WilsonShare From(int count, int of, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        double z = NormalDistribution.TwoSided(level), n = of, share = count / n, square = z * z / n;
        double middle = (share + (square / 2)) / (1 + square);
        double reach = z / (1 + square) * Math.Sqrt((share * (1 - share) / n) + (square / (4 * n)));
        return new WilsonShare(count, of, count == 0 ? 0 : middle - reach, count == of ? 1 : middle + reach, level);
    }
}
