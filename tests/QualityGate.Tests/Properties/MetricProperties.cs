using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Tests.Metrics;

namespace QualityGate.Tests.Properties;

/// <summary>
/// What must hold of every pair of sets. Not here: what draws by row number (kid in subsets, fid_infinity, prd, inception_score shuffled, mind on sets of
/// unequal size) or ranks copies by row (recall_at_k), which may change with the order of rows.
/// </summary>
public sealed class MetricProperties
{
    private static readonly string[] Counts = ["prdc", "improved_precision_recall", "authenticity", "clipped_density_coverage"];
    private static readonly string[] Sums = ["fid", "cmmd", "vendi", "realism", "rarity"];

    [Fact]
    public void A_set_against_itself_is_perfect() => SetPair.Check(pair =>
    {
        FeatureSet set = pair.ReferenceSet;
        Dictionary<string, double?> values = Measure(set, set, ["prdc", "authenticity", "fid", "cmmd"], ("prdc", "convention", "inclusive"), ("cmmd", "normalise", "no"));
        double size = Enumerable.Range(0, set.Count).Max(i => set.Features!.Row(i).ToArray().Max(v => Math.Abs((double)v)));
        return values["precision"] == 1 && values["recall"] == 1 && values["coverage"] == 1 && values["density"] >= 1
            && values["authenticity"] == 0 && values["duplicates"] == 1
            && values["fid"] <= 1e-9 * size * size * pair.Width && values["cmmd"] <= 1e-9;
    });

    [Fact]
    public void The_order_of_rows_changes_nothing() => SetPair.Check(pair =>
    {
        FeatureSet reference = GoldenSets.Set(SetPair.Shuffled(pair.Reference, 1)), candidate = GoldenSets.Set(SetPair.Shuffled(pair.Candidate, 2));
        (string, string, string)[] whole = [("kid", "subsets", "all"), ("cmmd", "normalise", "no")];

        // On a lattice several reference images may be equally near, and the first of them decides about authenticity.
        string[] counts = pair.Kind == "lattice" ? [.. Counts.Except(["authenticity"])] : Counts;
        return Agree(Measure(pair.ReferenceSet, pair.CandidateSet, counts), Measure(reference, candidate, counts), 0)
            && Agree(Measure(pair.ReferenceSet, pair.CandidateSet, [.. Sums, "kid"], whole), Measure(reference, candidate, [.. Sums, "kid"], whole), 1e-7);
    }, "ordinary", "lattice", "copies", "constant column", "scales");

    // Distances do not see which feature is which, nor its sign.
    [Fact]
    public void Turning_the_axes_changes_no_metric_of_distances() => SetPair.Check(pair =>
    {
        FeatureSet Turned(FeatureMatrix rows) => GoldenSets.Set(Turn(rows));
        Dictionary<string, double?> before = Measure(pair.ReferenceSet, pair.CandidateSet, [.. Counts, "rarity", "realism", "fid"]);
        return Agree(before, Measure(Turned(pair.Reference), Turned(pair.Candidate), [.. Counts, "rarity", "realism", "fid"]), 1e-7);
    }, "ordinary", "lattice", "copies");

    // Halves and quarters shift without rounding.
    [Fact]
    public void Shifting_all_features_changes_no_metric_of_distances() => SetPair.Check(pair =>
    {
        FeatureSet Shifted(FeatureMatrix rows) => GoldenSets.Set(SetPair.Mapped(rows, (d, v) => v + (d * 0.25f) - 16.5f));
        string[] families = [.. Counts, "rarity", "realism"];
        return Agree(Measure(pair.ReferenceSet, pair.CandidateSet, families), Measure(Shifted(pair.Reference), Shifted(pair.Candidate), families), 0);
    }, "lattice");

    [Fact]
    public void Scaling_by_a_power_of_two_scales_rarity_and_squares_FID() => SetPair.Check(pair =>
    {
        FeatureSet Scaled(FeatureMatrix rows) => GoldenSets.Set(SetPair.Mapped(rows, (_, v) => v * 8));
        Dictionary<string, double?> before = Measure(pair.ReferenceSet, pair.CandidateSet, [.. Counts, "rarity", "fid"]);
        Dictionary<string, double?> after = Measure(Scaled(pair.Reference), Scaled(pair.Candidate), [.. Counts, "rarity", "fid"]);
        return before.All(v => after[v.Key] is { } scaled
            ? Near(scaled, v.Value!.Value * (v.Key == "fid" ? 64 : v.Key is "rarity_out_of_manifold" || !v.Key.StartsWith("rarity", StringComparison.Ordinal) ? 1 : 8), 1e-9)
            : v.Value is null);
    });

    [Fact]
    public void Shares_lie_between_nothing_and_everything_and_hang_together() => SetPair.Check(pair =>
    {
        Dictionary<string, double?> values = Measure(pair.ReferenceSet, pair.CandidateSet, [.. Counts, "rarity"]);
        return values.Where(v => v.Key != "density" && !(v.Key.StartsWith("rarity", StringComparison.Ordinal) && v.Key != "rarity_out_of_manifold"))
                .All(v => v.Value is >= 0 and <= 1)
            && values["precision"] > 0 == values["coverage"] > 0
            && values["precision"] > 0 == values["density"] > 0;
    });

    [Fact]
    public void Spheres_and_larger_k_only_add() => SetPair.Check(pair =>
    {
        Dictionary<string, double?> strict = Measure(pair.ReferenceSet, pair.CandidateSet, ["prdc", "rarity"], ("prdc", "k", "2"), ("rarity", "k", "2"));
        Dictionary<string, double?> inclusive = Measure(pair.ReferenceSet, pair.CandidateSet, ["prdc"], ("prdc", "k", "2"), ("prdc", "convention", "inclusive"));
        Dictionary<string, double?> larger = Measure(pair.ReferenceSet, pair.CandidateSet, ["prdc", "rarity"], ("prdc", "k", "5"), ("rarity", "k", "5"));
        return new[] { "precision", "recall", "density", "coverage" }.All(name => inclusive[name] >= strict[name])
            && new[] { "precision", "recall", "coverage" }.All(name => larger[name] >= strict[name])
            && larger["rarity_out_of_manifold"] <= strict["rarity_out_of_manifold"]
            && Near(strict["rarity_out_of_manifold"]!.Value, 1 - strict["precision"]!.Value, 1e-12);
    });

    [Fact]
    public void Swapping_the_sets_swaps_precision_and_recall_and_leaves_distances() => SetPair.Check(pair =>
    {
        (string, string, string)[] settings = [("kid", "subsets", "all"), ("cmmd", "normalise", "no")];
        Dictionary<string, double?> one = Measure(pair.ReferenceSet, pair.CandidateSet, ["prdc", "fid", "kid", "cmmd"], settings);
        Dictionary<string, double?> other = Measure(pair.CandidateSet, pair.ReferenceSet, ["prdc", "fid", "kid", "cmmd"], settings);
        return one["precision"] == other["recall"] && one["recall"] == other["precision"]
            && new[] { "fid", "kid", "cmmd" }.All(name => Near(one[name]!.Value, other[name]!.Value, 1e-7));
    }, "ordinary", "lattice", "copies", "constant column", "scales");

    [Fact]
    public void The_same_inequality_gives_improved_precision_and_precision_the_same_value() => SetPair.Check(pair =>
    {
        Dictionary<string, double?> values = Measure(
            pair.ReferenceSet, pair.CandidateSet, ["prdc", "improved_precision_recall"], ("prdc", "k", "3"), ("improved_precision_recall", "convention", "strict"));
        return values["precision"] == values["improved_precision"] && values["recall"] == values["improved_recall"];
    });

    [Fact]
    public void Threads_change_no_bit_of_any_family()
    {
        using MatrixEngine one = new(threads: 1), four = new(threads: 4);
        string[] families = [.. MetricRegistry.Families.Select(f => f.Name).Except(["inception_score", "recall_at_k", "fid_infinity"])];
        (string, string, string)[] small = [("kid", "subset_size", "6"), ("prd", "clusters", "3"), ("prd", "runs", "2"), ("mind", "projections", "20")];
        SetPair.Check(pair => Agree(
            Measure(one, pair.ReferenceSet, pair.CandidateSet, families, small), Measure(four, pair.ReferenceSet, pair.CandidateSet, families, small), 0));
    }

    private static DenseFeatureMatrix Turn(FeatureMatrix rows)
    {
        int width = rows.Width;
        float[] values = new float[rows.Count * width];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int d = 0; d < width; d++)
            {
                values[(i * width) + d] = rows.Row(i)[width - 1 - d] * (d % 2 == 0 ? -1 : 1);
            }
        }

        return new DenseFeatureMatrix(values, rows.Count, width);
    }

    private static bool Agree(Dictionary<string, double?> first, Dictionary<string, double?> second, double relative) =>
        first.All(v => v.Value is { } a ? second[v.Key] is { } b && Near(a, b, relative) : second[v.Key] is null);

    private static bool Near(double a, double b, double relative) => Math.Abs(a - b) <= relative * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static Dictionary<string, double?> Measure(
        FeatureSet reference, FeatureSet candidate, string[] families, params (string Family, string Name, string Value)[] settings) =>
        Measure(new Tests.Numerics.PlainProducts(), reference, candidate, families, settings);

    private static Dictionary<string, double?> Measure(
        IMatrixProducts products, FeatureSet reference, FeatureSet candidate, string[] families, params (string Family, string Name, string Value)[] settings) =>
        MetricRegistry.Compute(
            [.. families.Select(f => MetricRegistry.Find(f)!)],
            [.. settings.Select(s => new QualityGate.Specs.MetricParameter(s.Family, s.Name, s.Value, null))],
            new MetricInputs(reference, candidate, products),
            CancellationToken.None).Values.ToDictionary(v => v.Name, v => v.Value);
}
