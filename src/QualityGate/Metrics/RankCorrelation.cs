namespace QualityGate.Metrics;

/// <summary>Spearman's rank correlation: the correlation of ranks, equal values sharing the mean of theirs.</summary>
internal static class RankCorrelation
{
    /// <summary>In [-1, 1]; null when one side is constant.</summary>
    public static double? Spearman(double[] first, double[] second)
    {
        double[] a = Ranks(first), b = Ranks(second);
        double mean = (a.Length - 1) / 2.0, ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - mean) * (b[i] - mean);
            aa += (a[i] - mean) * (a[i] - mean);
            bb += (b[i] - mean) * (b[i] - mean);
        }

        return aa > 0 && bb > 0 ? Math.Clamp(ab / Math.Sqrt(aa * bb), -1, 1) : null;
    }

    /// <summary>Ranks from 0, equal values sharing the mean of theirs.</summary>
    public static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(Array.ConvertAll(order, i => values[i]), order);
        double[] ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }

            for (int i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
        }

        return ranks;
    }
}
