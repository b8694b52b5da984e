using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>
/// Rarity of each candidate image: the radius of the smallest reference ball that holds it, strictly inside. A large radius means that the
/// reference is sparse there: the image is uncommon. Images outside all balls are artifacts: they have no rarity and are counted apart.
/// rarity, rarity_p05, rarity_median, rarity_p95: over the images inside, in the features' unit, 0 up, higher is rarer.
/// rarity_out_of_manifold: share of images outside, in [0, 1], lower is better. Several k (<c>k = 1..10</c>) are swept: how far the ranking
/// of images depends on k, and how many are outside at each, in the table <c>rarity.sweep</c>.
/// Source: Han et al., "Rarity Score", 2023 (<c>rarity-score</c>; its code writes 0 for images outside, which a plain mean would take for rarity).
/// </summary>
/// <remarks>Needs features <c>[N, D]</c> with N above k in the reference.</remarks>
internal sealed class Rarity : IMetricFamily
{
    private const int PreferredK = 3;
    private const int FewestForRanks = 3;

    public string Name => "rarity";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("rarity", MetricDirection.Higher, "Mean rarity of the candidate images inside the reference's manifold.") { Scale = IntervalScale.Log, Least = 0 },
        new("rarity_p05", MetricDirection.Higher, "Rarity of the commonest 5 % of them.") { Scale = IntervalScale.Log, Least = 0 },
        new("rarity_median", MetricDirection.Higher, "Their median rarity.") { Scale = IntervalScale.Log, Least = 0 },
        new("rarity_p95", MetricDirection.Higher, "Rarity that only the rarest 5 % of them exceed.") { Scale = IntervalScale.Log, Least = 0 },
        new("rarity_out_of_manifold", MetricDirection.Lower, "Share of candidate images outside every reference ball.") { Scale = IntervalScale.Share },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new()
        {
            Name = "k",
            Default = "3",
            Minimum = 1,
            Maximum = 10_000,
            IsList = true,
            Summary = "Which nearest neighbour a ball reaches to. Several are compared in a sweep; the metrics are then those of k = 3, or of the smallest.",
        },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => "rarity-score";

    /// <summary>The k that the metrics are of.</summary>
    public static int MainK(ParameterValues parameters)
    {
        IReadOnlyList<int> ks = parameters.Numbers("k");
        return ks.Contains(PreferredK) ? PreferredK : ks[0];
    }

    /// <summary>The balls that decide about one k.</summary>
    public static BallRule Balls(int k) => new(k, Inclusive: false);

    public void Ask(NeighbourDemand demand, ParameterValues parameters)
    {
        foreach (int k in parameters.Numbers("k"))
        {
            demand.AskSmallestBalls(Balls(k));
        }
    }

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        IReadOnlyList<int> ks = parameters.Numbers("k");
        inputs.RequireReferenceNeighbours(ks[^1]);
        NeighbourResults neighbours = inputs.Neighbours(cancellation);
        double[][] scores = [.. ks.Select(k => Scores(neighbours, k))];
        double[] main = Scores(neighbours, MainK(parameters));
        double[] inside = [.. main.Where(double.IsFinite)], sorted = [.. inside.Order()];
        return new MetricOutcome(
        [
            inside.Length > 0 ? Mean(inputs, main, inside, MainK(parameters)) : None(main.Length),
            Level(inputs, main, sorted, 0.05, MainK(parameters)),
            Level(inputs, main, sorted, 0.5, MainK(parameters)),
            Level(inputs, main, sorted, 0.95, MainK(parameters)),
            Outside(inputs, main, MainK(parameters)),
        ])
        {
            Tables = ks.Count == 1 ? Distribution.Tables(Name, sorted) : [.. Distribution.Tables(Name, sorted), Sweep(ks, scores)],
        };
    }

    /// <summary>Rarity of each candidate row; NaN outside the manifold.</summary>
    public static double[] Scores(NeighbourResults neighbours, int k) =>
        Array.ConvertAll(neighbours.InReferenceBalls(Balls(k)).SmallestSquaredRadius!, Math.Sqrt);

    private static MetricNumber Mean(MetricInputs inputs, double[] scores, double[] inside, int k)
    {
        double value = Distribution.Mean(inside);
        return inputs.WithErrors
            ? WithError(inputs, value, ImageInfluence.OfMean(scores, j => double.IsFinite(scores[j])), k, all => ImageInfluence.OfMean(all, j => double.IsFinite(all[j])))
            : value;
    }

    private static MetricNumber Outside(MetricInputs inputs, double[] scores, int k)
    {
        double value = Shares.Of(scores, double.IsNaN);
        if (!inputs.WithErrors)
        {
            return value;
        }

        // Inside or outside: what the balls do to one share they do to the other.
        double[] own = ImageInfluence.OfMean(Array.ConvertAll(scores, score => double.IsNaN(score) ? 1.0 : 0));
        return Measured.Mean(value, new MetricInfluence([], own), own, inputs.Halves().OneSided(ofReferences: true, k + 1, HalfScores.Held(Balls(k))), scores.Length);
    }

    private static MetricNumber Level(MetricInputs inputs, double[] scores, double[] sorted, double level, int k)
    {
        if (sorted.Length == 0)
        {
            return None(scores.Length);
        }

        double value = Distribution.Quantile(sorted, level);
        return inputs.WithErrors ? WithError(inputs, value, ImageInfluence.OfQuantile(scores, level), k, ImageInfluence.OfQuantileIn(level)) : value;
    }

    private static MetricNumber WithError(MetricInputs inputs, double value, double[] own, int k, Func<double[], double[]> linear) =>
        Measured.Mean(value, new MetricInfluence([], own), own, inputs.Halves().OneSided(ofReferences: true, k + 1, HalfScores.Rarity(k), linear));

    private static MetricNumber None(int all) => MetricNumber.Unavailable($"none of the {all} candidate images lies inside the reference's manifold");

    private static MetricTable Sweep(IReadOnlyList<int> ks, double[][] scores)
    {
        List<IReadOnlyList<double?>> rows = [];
        for (int a = 0; a < ks.Count; a++)
        {
            double outside = Shares.Of(scores[a], double.IsNaN);
            rows.Add([ks[a], outside, .. Enumerable.Range(0, ks.Count).Select(b => Correlation(scores[a], scores[b]))]);
        }

        return new MetricTable("rarity.sweep", ["k", "out_of_manifold", .. ks.Select(k => $"k={k}")], rows)
        {
            IsShown = true,
            Caption = "Rarity at each k: share of images outside the manifold, and rank correlation with the scores at every other k over the images inside both. Choose a k whose neighbours agree with it.",
        };
    }

    private static double? Correlation(double[] first, double[] second)
    {
        int[] both = [.. Enumerable.Range(0, first.Length).Where(i => double.IsFinite(first[i]) && double.IsFinite(second[i]))];
        return both.Length < FewestForRanks
            ? null
            : RankCorrelation.Spearman(Array.ConvertAll(both, i => first[i]), Array.ConvertAll(both, i => second[i]));
    }
}
