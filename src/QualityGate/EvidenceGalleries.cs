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
        IEnumerable<EvidenceGallery> single = Single().OrderBy(g => lacksVariety && g.Kind is GalleryKind.Lacking or GalleryKind.Uncovered ? 0 : 1);
        return Blamed(gates).Concat(single).Where(gallery => gallery.Items.Count > 0);
    }

    private IEnumerable<EvidenceGallery> Single()
    {
        if (measured.PerImage is { } scores)
        {
            yield return OutOfManifold(scores.Candidate);
            yield return Lacking();
            yield return Uncovered(scores.Reference);
            yield return Duplicates(scores.Candidate);
        }

        yield return Repeated();
        if (measured.PerImage is { } known)
        {
            yield return Rarest(known.Candidate);
        }
    }

    // Metrics of gates that were breached first, then of the other gates; all of them where there are no gates.
    private IEnumerable<EvidenceGallery> Blamed(IReadOnlyList<GateResult> gates)
    {
        int Rank(MetricValue metric) => gates.Where(g => g.Limit.Metric == metric.Name).Select(g => g.Verdict == Verdict.Pass ? 1 : 0).DefaultIfEmpty(2).Min();
        string[] shown = [.. measured.Values.Where(v => v.Influence is not null && (gates.Count == 0 || Rank(v) < 2)).OrderBy(Rank).Take(MostBlamingMetrics).Select(v => v.Name)];
        foreach (Blame blame in Blame.Of(measured.Values, measured.Reference.Set, measured.Candidate.Set, isNew: null, MostImages).Where(b => shown.Contains(b.Metric)).OrderBy(b => Array.IndexOf(shown, b.Metric)))
        {
            yield return Blamed(GalleryKind.Blamed, EvidenceRole.Candidate, blame.Metric, blame.Candidate);
            yield return Blamed(GalleryKind.BlamedReference, EvidenceRole.Reference, blame.Metric, blame.Reference);
        }
    }

    private EvidenceGallery Blamed(GalleryKind kind, EvidenceRole role, string metric, BlamedSide side) => new(
        kind, metric, side.Count, [.. side.Images.Select(image => new EvidenceItem(images.Of(role, image.Index), null, metric, NumberText.Signed(image.Contribution)))]);

    private EvidenceGallery Lacking()
    {
        IReadOnlyList<UncoveredMode> modes = measured.Metrics.Uncovered?.Modes ?? [];
        return new EvidenceGallery(
            GalleryKind.Lacking, null, modes.Sum(mode => mode.Count),
            [.. modes.Select(mode => new EvidenceItem(images.Of(EvidenceRole.Reference, mode.Index), null, string.Empty, Counted(mode)))]);
    }

    // "31 x ankle boot" where nearly all are of one class.
    private static string Counted(UncoveredMode mode) => mode.Class is { } name && 2 * mode.OfClass > mode.Count
        ? string.Create(CultureInfo.InvariantCulture, $"{mode.Count} \u00D7 {name}")
        : string.Create(CultureInfo.InvariantCulture, $"{mode.Count} \u00D7");

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
