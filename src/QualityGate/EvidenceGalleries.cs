using System.Globalization;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports.Html;

namespace QualityGate;

/// <summary>Chooses the images that explain a run.</summary>
internal sealed class EvidenceGalleries(Measurement measured, EvidenceImages images)
{
    private const int MostImages = 24;

    // Beside another image there is room for half as many.
    private const int MostPairs = 12;
    private const int MostBlamingMetrics = 4;

    private static readonly string[] Variety = ["recall", "coverage", "improved_recall", "clipped_coverage", "prd_f8"];

    /// <summary>Every gallery that has an image, the most telling first.</summary>
    /// <param name="gates">The judged gates.</param>
    public IEnumerable<EvidenceGallery> All(IReadOnlyList<GateResult> gates)
    {
        // Where variety is what fails, what is missing tells more than what looks wrong.
        bool lacksVariety = gates.Any(g => g.Verdict != Verdict.Pass && Variety.Contains(g.Limit.Metric, StringComparer.Ordinal));
        IEnumerable<EvidenceGallery> single = Single().OrderBy(g => lacksVariety && g.Kind == GalleryKind.Uncovered ? 0 : 1);
        return Blamed(gates).Concat(single).Where(gallery => gallery.Items.Count > 0);
    }

    private IEnumerable<EvidenceGallery> Single()
    {
        if (measured.PerImage is { } scores)
        {
            yield return OutOfManifold(scores.Candidate);
            yield return Uncovered(scores.Reference);
            yield return Duplicates(scores.Candidate);
        }

        yield return Repeated();
        if (measured.PerImage is { } known)
        {
            yield return Rarest(known.Candidate);
        }
    }

    // Metrics of gates that were breached first, then of the other gates, then the others.
    private IEnumerable<EvidenceGallery> Blamed(IReadOnlyList<GateResult> gates)
    {
        int Rank(MetricValue metric) => gates.Where(g => g.Limit.Metric == metric.Name).Select(g => g.Verdict == Verdict.Pass ? 1 : 0).DefaultIfEmpty(2).Min();
        foreach (MetricValue metric in measured.Values.Where(v => v.Influence is not null).OrderBy(Rank).Take(MostBlamingMetrics))
        {
            double sign = metric.Direction == MetricDirection.Lower ? 1 : -1;
            yield return Blamed(GalleryKind.Blamed, EvidenceRole.Candidate, metric, metric.Influence!.Candidate, sign);
            yield return Blamed(GalleryKind.BlamedReference, EvidenceRole.Reference, metric, metric.Influence!.Reference, sign);
        }
    }

    private EvidenceGallery Blamed(GalleryKind kind, EvidenceRole role, MetricValue metric, double[] influence, double sign)
    {
        int[] worse = influence.Length != images.SetOf(role).Count ? [] : [.. Rows(influence.Length).Where(i => sign * influence[i] > 0)];
        return Gallery(
            kind, role, worse, i => -sign * influence[i], i => (metric.Name, NumberText.Signed(influence[i] / Math.Max(1, influence.Length - 1)))) with
        { Metric = metric.Name };
    }

    private EvidenceGallery OutOfManifold(PerImageSide side)
    {
        PerImageColumn? inside = Column(side, "in_manifold"), realism = Column(side, "realism");
        int[] rows = [.. Rows(side.Count).Where(i => inside?.At(i) is false)];
        return Gallery(GalleryKind.OutOfManifold, EvidenceRole.Candidate, rows, i => realism?.At(i) as double? ?? 0, i => Text("realism", realism, i), i => Nearest(side, i));
    }

    /// <summary>Reference images without a candidate in their ball, the loneliest first.</summary>
    private EvidenceGallery Uncovered(PerImageSide side)
    {
        PerImageColumn? held = Column(side, "candidates_in_ball"), distance = Column(side, "nearest_distance");
        int[] rows = [.. Rows(side.Count).Where(i => held?.At(i) is 0)];
        return Gallery(GalleryKind.Uncovered, EvidenceRole.Reference, rows, i => -(distance?.At(i) as double? ?? 0), i => Text("nearest_distance", distance, i));
    }

    private EvidenceGallery Duplicates(PerImageSide side)
    {
        PerImageColumn? copies = Column(side, "duplicate_of"), distance = Column(side, "nearest_distance");
        int[] rows = [.. Rows(side.Count).Where(i => copies?.At(i) is string)];
        return Gallery(GalleryKind.Duplicates, EvidenceRole.Candidate, rows, i => distance?.At(i) as double? ?? 0, i => Text("nearest_distance", distance, i), i => Nearest(side, i));
    }

    private EvidenceGallery Rarest(PerImageSide side)
    {
        PerImageColumn? rarity = Column(side, "rarity");
        int[] rows = [.. Rows(side.Count).Where(i => rarity?.At(i) is double)];
        return Gallery(GalleryKind.Rarest, EvidenceRole.Candidate, rows, i => -(rarity?.At(i) as double? ?? 0), i => Text("rarity", rarity, i));
    }

    private EvidenceGallery Repeated()
    {
        byte[]? hashes = measured.Candidate.Set.Hashes;
        const int hashBytes = 32;
        IGrouping<string, int>[] groups = hashes is null ? [] :
        [
            .. Rows(hashes.Length / hashBytes).GroupBy(i => Convert.ToHexString(hashes, i * hashBytes, hashBytes), StringComparer.Ordinal).Where(g => g.Count() > 1),
        ];
        Dictionary<int, int> times = groups.ToDictionary(g => g.First(), g => g.Count());
        EvidenceGallery gallery = Gallery(
            GalleryKind.Repeated, EvidenceRole.Candidate, [.. times.Keys], i => -times[i], i => (string.Empty, times[i].ToString(CultureInfo.InvariantCulture) + " \u00D7"));
        return gallery with { Total = times.Values.Sum() };
    }

    private EvidenceGallery Gallery(
        GalleryKind kind, EvidenceRole role, int[] rows, Func<int, double> order, Func<int, (string Name, string Value)> score, Func<int, int?>? partner = null) => new(
            kind, null, rows.Length,
            [.. rows.OrderBy(order).ThenBy(i => i).Take(partner is null ? MostImages : MostPairs).Select(i => new EvidenceItem(images.Of(role, i), partner?.Invoke(i), score(i).Name, score(i).Value))]);

    private int? Nearest(PerImageSide candidate, int row) =>
        Column(candidate, "nearest_reference")?.At(row) is string name && images.RowOf(EvidenceRole.Reference, name) is { } found
            ? images.Of(EvidenceRole.Reference, found)
            : null;

    private static (string Name, string Value) Text(string name, PerImageColumn? column, int row) =>
        column?.At(row) is double value ? (name, NumberText.Format(value)) : (string.Empty, string.Empty);

    private static IEnumerable<int> Rows(int count) => Enumerable.Range(0, count);

    private static PerImageColumn? Column(PerImageSide side, string name) => side.Columns.FirstOrDefault(c => c.Name == name);
}
