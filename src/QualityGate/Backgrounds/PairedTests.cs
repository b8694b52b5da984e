using QualityGate.Specs;

namespace QualityGate.Backgrounds;

/// <summary>Exact tests of paired answers, and corrections for many of them.</summary>
public static class PairedTests
{
    /// <summary>
    /// McNemar's exact test: of <c>first + second</c> pairs that differ, under chance each falls either way with probability 1/2. Two-sided p,
    /// <c>min(1, 2 P(X &lt;= min(first, second)))</c>; 1 when none differs.
    /// </summary>
    /// <param name="first">Pairs that differ one way.</param>
    /// <param name="second">Pairs that differ the other way.</param>
    public static double McNemar(int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        int all = first + second;

        // From the largest term down, in logarithms: 2^-n is zero as a double from n = 1075 on.
        double logChoose = 0, sum = 0;
        for (int i = 0; i <= Math.Min(first, second); i++)
        {
            sum += Math.Exp(logChoose - (all * Math.Log(2)));
            logChoose += Math.Log(all - i) - Math.Log(i + 1);
        }

        return Math.Min(1, 2 * sum);
    }

    /// <summary>P-values after a correction, in the given order, each comparable with the level.</summary>
    /// <param name="values">P-values.</param>
    /// <param name="correction">Which correction.</param>
    public static double[] Adjust(IReadOnlyList<double> values, ManyTests correction)
    {
        ArgumentNullException.ThrowIfNull(values);
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] adjusted = new double[values.Count];
        if (correction == ManyTests.Holm)
        {
            double largest = 0;
            for (int rank = 0; rank < order.Length; rank++)
            {
                largest = Math.Max(largest, Math.Min(1, values[order[rank]] * (order.Length - rank)));
                adjusted[order[rank]] = largest;
            }

            return adjusted;
        }

        double smallest = 1;
        for (int rank = order.Length - 1; rank >= 0; rank--)
        {
            smallest = Math.Min(smallest, values[order[rank]] * order.Length / (rank + 1));
            adjusted[order[rank]] = smallest;
        }

        return adjusted;
    }
}
