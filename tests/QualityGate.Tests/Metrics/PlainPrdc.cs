using QualityGate.Numerics;

namespace QualityGate.Tests.Metrics;

/// <summary>Precision, recall, density and coverage as their paper writes them, with full matrices of float64 distances.</summary>
internal static class PlainPrdc
{
    public static (double Precision, double Recall, double Density, double Coverage) Compute(
        FeatureMatrix reference, FeatureMatrix candidate, int k, bool inclusive)
    {
        double[] referenceRadii = Radii(reference, k), candidateRadii = Radii(candidate, k);
        bool Inside(double distance, double radius) => inclusive ? distance <= radius : distance < radius;
        int n = reference.Count, m = candidate.Count, precise = 0, recalled = 0, covered = 0, balls = 0;
        for (int j = 0; j < m; j++)
        {
            int around = Enumerable.Range(0, n).Count(i => Inside(Distance(reference.Row(i), candidate.Row(j)), referenceRadii[i]));
            precise += around > 0 ? 1 : 0;
            balls += around;
        }

        for (int i = 0; i < n; i++)
        {
            double[] distances = [.. Enumerable.Range(0, m).Select(j => Distance(reference.Row(i), candidate.Row(j)))];
            covered += distances.Any(d => Inside(d, referenceRadii[i])) ? 1 : 0;
            recalled += distances.Where((d, j) => Inside(d, candidateRadii[j])).Any() ? 1 : 0;
        }

        return ((double)precise / m, (double)recalled / n, (double)balls / (k * m), (double)covered / n);
    }

    private static double[] Radii(FeatureMatrix rows, int k) =>
    [
        .. Enumerable.Range(0, rows.Count).Select(i =>
            Enumerable.Range(0, rows.Count).Where(j => j != i).Select(j => Distance(rows.Row(i), rows.Row(j))).Order().ElementAt(k - 1)),
    ];

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int d = 0; d < a.Length; d++)
        {
            sum += ((double)a[d] - b[d]) * ((double)a[d] - b[d]);
        }

        return sum;
    }
}
