using QualityGate.Onnx;

namespace QualityGate.Anomaly.Evaluation;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double SeriesEnd = 3;
    private const int MostTerms = 500;

    /// <summary>z with which |X| stays below with the probability <paramref name="level"/>.</summary>
    public static double TwoSided(double level)
    {
        if (!(level is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1.");
        }

        return NormalQuantile.TwoSided(level);
    }

    /// <summary>P(|X| >= |z|), about 13 digits, tails too.</summary>
    public static double TwoSidedTail(double z)
    {
        double x = Math.Abs(z);
        return double.IsPositiveInfinity(x) ? 0 : x < SeriesEnd ? 1 - Series(x) : Fraction(x);
    }

    // 2 phi(x) (x + x^3/3 + x^5/15 + ...): all terms positive.
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < MostTerms && term > sum * 1e-17; n++)
        {
            term *= x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 * Density(x) * sum;
    }

    // 2 phi(x) / (x + 1/(x + 2/(x + 3/...))), from far in outwards.
    private static double Fraction(double x)
    {
        double tail = x;
        for (int n = MostTerms; n >= 1; n--)
        {
            tail = x + (n / tail);
        }

        return 2 * Density(x) / tail;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
