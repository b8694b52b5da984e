using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>
/// Realism of each candidate image: the largest ratio of a reference ball's radius to the image's distance from the ball's centre, over the
/// balls no larger than the median (large ones are unsure). At least 1 inside the pruned manifold, 0 up, higher is better; a copy of a
/// reference image is bounded only by the convention's small addition to the distance. Gate on the mean, the median or a low quantile.
/// Source: Kynkaanniemi et al., 2019, section 5 (<c>paper</c>, with 1e-12 added to the distance). Their code squares radius and distance and adds 1e-5 to the latter
/// (<c>kynkaanniemi</c>); dgm-eval keeps only balls below the median (<c>dgm-eval</c>); the PyTorch port prunes nothing and adds 1e-6 (<c>youngjung</c>).
/// </summary>
/// <remarks>Needs features <c>[N, D]</c> with N above k in the reference.</remarks>
internal sealed class Realism : IMetricFamily
{
    private const double FarBeyond = 1e4;

    public string Name => "realism";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("realism", MetricDirection.Higher, "Mean realism of the candidate images; 1 is the border of the reference's manifold.") { Scale = IntervalScale.Log, Least = 0 },
        new("realism_p05", MetricDirection.Higher, "Realism that all but the worst 5 % of candidate images reach.") { Scale = IntervalScale.Log, Least = 0 },
        new("realism_median", MetricDirection.Higher, "Median realism of the candidate images.") { Scale = IntervalScale.Log, Least = 0 },
        new("realism_p95", MetricDirection.Higher, "Realism that only the best 5 % of candidate images exceed.") { Scale = IntervalScale.Log, Least = 0 },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "k", Default = "3", Minimum = 1, Maximum = 10_000, Summary = "Which nearest neighbour a ball reaches to." },
        new()
        {
            Name = "convention",
            Default = "paper",
            Choices = ["paper", "kynkaanniemi", "dgm-eval", "youngjung"],
            Summary = "paper: balls up to the median, plus 1e-12; kynkaanniemi: squared, plus 1e-5; dgm-eval: balls below the median; youngjung: all balls, plus 1e-6.",
        },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => parameters.Word("convention")!;

    /// <summary>The rule that the parameters name.</summary>
    public static RealismRule Rule(ParameterValues parameters) => parameters.Word("convention") switch
    {
        "kynkaanniemi" => new RealismRule(parameters.Number("k"), RealismPruning.AtMostMedian, IsSquared: true, 1e-5),
        "dgm-eval" => new RealismRule(parameters.Number("k"), RealismPruning.BelowMedian, IsSquared: false, 0),
        "youngjung" => new RealismRule(parameters.Number("k"), RealismPruning.None, IsSquared: false, 1e-6),
        _ => new RealismRule(parameters.Number("k"), RealismPruning.AtMostMedian, IsSquared: false, 1e-12),
    };

    public void Ask(NeighbourDemand demand, ParameterValues parameters) => demand.AskRealism(Rule(parameters));

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        RealismRule rule = Rule(parameters);
        inputs.RequireReferenceNeighbours(rule.K);
        NeighbourResults neighbours = inputs.Neighbours(cancellation);
        if (rule.Pruning == RealismPruning.BelowMedian && AreEqual(neighbours.SquaredReferenceRadii(rule.K)))
        {
            throw new MetricUnavailableException("no reference ball is smaller than the median, so that dgm-eval's pruning leaves none; use another realism.convention");
        }

        double[] scores = neighbours.Realism, sorted = [.. scores.Order()];
        int copies = scores.Count(double.IsPositiveInfinity);
        return new MetricOutcome(
        [
            copies == 0 ? Mean(inputs, scores, rule) : Unbounded(copies),
            Level(inputs, scores, sorted, 0.05, copies, rule),
            Level(inputs, scores, sorted, 0.5, copies, rule),
            Level(inputs, scores, sorted, 0.95, copies, rule),
        ])
        {
            Tables = Distribution.Tables(Name, sorted),
            Notes = scores.Any(score => double.IsFinite(score) && score > FarBeyond)
                ? [$"{scores.Count(score => score > FarBeyond)} candidate images lie on reference images: their realism has no meaning of its own and dominates the mean; see realism_median and duplicates."]
                : [],
        };
    }

    private static MetricNumber Mean(MetricInputs inputs, double[] scores, RealismRule rule)
    {
        double value = Distribution.Mean(scores);
        if (!inputs.WithErrors)
        {
            return value;
        }

        double[] own = ImageInfluence.OfMean(scores);
        return Measured.Mean(value, new MetricInfluence([], own), own, inputs.Halves().OneSided(ofReferences: true, rule.K + 1, HalfScores.Realism(rule)));
    }

    private static MetricNumber Level(MetricInputs inputs, double[] scores, double[] sorted, double level, int copies, RealismRule rule)
    {
        double value = Distribution.Quantile(sorted, level);
        if (!double.IsFinite(value))
        {
            return Unbounded(copies);
        }

        if (!inputs.WithErrors)
        {
            return value;
        }

        double[] own = ImageInfluence.OfQuantile(scores, level);
        return Measured.Mean(
            value, new MetricInfluence([], own), own, inputs.Halves().OneSided(ofReferences: true, rule.K + 1, HalfScores.Realism(rule), ImageInfluence.OfQuantileIn(level)));
    }

    private static MetricNumber Unbounded(int copies) => MetricNumber.Unavailable(
        $"{copies} candidate images are copies of reference images, whose realism has no bound; leave them out, or set realism.convention to kynkaanniemi");

    private static bool AreEqual(double[] values) => Array.TrueForAll(values, value => value == values[0]);
}
