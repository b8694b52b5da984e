using QualityGate.Metrics;
using QualityGate.Reports.Html;

namespace QualityGate;

/// <summary>Counts scores of the candidate's images.</summary>
internal static class EvidenceHistograms
{
    private const int Bins = 30;

    // A few images score a hundred times the rest; they are counted in the outer bins.
    private const double Tail = 0.005;

    private static readonly string[] Scores = ["realism", "rarity"];

    /// <summary>The histograms that can be made.</summary>
    public static IEnumerable<EvidenceHistogram> Of(PerImageScores? scores) => scores is null
        ? []
        : Scores.Select(name => scores.Candidate.Columns.FirstOrDefault(c => c.Name == name)).OfType<PerImageColumn>().Select(Of).OfType<EvidenceHistogram>();

    private static EvidenceHistogram? Of(PerImageColumn column)
    {
        double[] values = [.. Enumerable.Range(0, column.Count).Select(column.At).OfType<double>().Order()];
        if (values.Length == 0)
        {
            return null;
        }

        double low = values[(int)(Tail * (values.Length - 1))], high = values[(int)((1 - Tail) * (values.Length - 1))];
        if (high <= low)
        {
            (low, high) = (low - 0.5, low + 0.5);
        }

        int[] counts = new int[Bins];
        foreach (double value in values)
        {
            counts[(int)Math.Clamp(Bins * ((value - low) / (high - low)), 0, Bins - 1)]++;
        }

        double Edge(int i) => low + ((high - low) * i / Bins);
        return new EvidenceHistogram(column.Name, [.. counts.Select((count, i) => (Edge(i), Edge(i + 1), count))], column.Count - values.Length);
    }
}
