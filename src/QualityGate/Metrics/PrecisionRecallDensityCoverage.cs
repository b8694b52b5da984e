using QualityGate.Numerics.Neighbours;
using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>
/// Precision, recall, density and coverage. Each image owns a ball that reaches to its k-th nearest neighbour in its own
/// set (itself not counted). precision: share of candidates inside some reference ball. recall: share of references inside some
/// candidate ball. density: reference balls around a candidate, mean, over k (can exceed 1). coverage: share of reference
/// balls that hold a candidate. Precision and density see unfaithful images, recall and coverage missing ones.
/// Source: Naeem et al., "Reliable Fidelity and Diversity Metrics for Generative Models", 2020; clovaai prdc.py counts a point as
/// inside when it is strictly nearer than the radius (<c>prdc</c>); <c>inclusive</c> counts the sphere too.
/// </summary>
/// <remarks>Needs features <c>[N, D]</c> with N above k on both sides. Memberships are those of float64 arithmetic.</remarks>
internal sealed class PrecisionRecallDensityCoverage : IMetricFamily
{
    private const string Inclusive = "inclusive";

    public string Name => "prdc";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("precision", MetricDirection.Higher, "Share of candidate images that look like some reference image.") { Blames = MetricSides.Candidate, Scale = IntervalScale.Share },
        new("recall", MetricDirection.Higher, "Share of reference images that the candidate set could have produced.") { Blames = MetricSides.Reference, Scale = IntervalScale.Share },
        new("density", MetricDirection.Higher, "How deep candidate images lie among reference images; 1 is typical of the real thing.") { Blames = MetricSides.Candidate, Scale = IntervalScale.Log, Least = 0 },
        new("coverage", MetricDirection.Higher, "Share of reference images with a candidate image nearby.") { Blames = MetricSides.Reference, Scale = IntervalScale.Share },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "k", Default = "5", Minimum = 1, Maximum = 10_000, Summary = "Which nearest neighbour a ball reaches to." },
        new()
        {
            Name = "convention",
            Default = "prdc",
            Choices = ["prdc", Inclusive],
            Summary = "prdc: inside means strictly nearer than the radius; inclusive: the sphere counts.",
        },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => parameters.Word("convention")!;

    public void Ask(NeighbourDemand demand, ParameterValues parameters) => BothBalls.Of(parameters, Inclusive).Ask(demand);

    /// <summary>The balls that decide about coverage.</summary>
    public static BallRule Rule(IReadOnlyList<MetricParameter> written) =>
        BothBalls.Of(ParameterValues.Bind(MetricRegistry.Find("prdc")!, written), Inclusive).Rule;

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        BothBalls settings = BothBalls.Of(parameters, Inclusive);
        NeighbourResults neighbours = settings.Answer(inputs, cancellation);
        BallMembership members = neighbours.InReferenceBalls(settings.Rule);
        int[] balls = members.BallsAroundCandidate;
        double density = balls.Sum(n => (long)n) / ((double)settings.Rule.K * balls.Length), coverage = Shares.Of(members.CandidatesInBall, n => n > 0);
        return new MetricOutcome(
        [
            settings.Precision(inputs, neighbours),
            settings.Recall(inputs, neighbours),
            inputs.WithErrors ? Density(density, settings, inputs, neighbours) : density,
            inputs.WithErrors ? Coverage(coverage, settings, inputs, neighbours) : coverage,
        ]);
    }

    private static MetricNumber Density(double value, BothBalls settings, MetricInputs inputs, NeighbourResults neighbours)
    {
        BallRule rule = settings.Rule;
        BallMembership members = neighbours.InReferenceBalls(rule);
        double[] own = ImageInfluence.OfMean([.. members.BallsAroundCandidate.Select(n => (double)n / rule.K)]);
        double[] others = neighbours.CanAnswer(settings.Wider, isOfReference: true)
            ? ImageInfluence.OfDensity(
                members.CandidatesInBall, neighbours.InReferenceBalls(settings.Wider).CandidatesInBall, neighbours.ReferenceGrowth(rule.K), rule.K, own.Length)
            : [];
        return Measured.Mean(value, new MetricInfluence(others, own), own, inputs.Halves().OneSided(ofReferences: true, rule.K + 1, HalfScores.Density(rule)));
    }

    private static MetricNumber Coverage(double value, BothBalls settings, MetricInputs inputs, NeighbourResults neighbours)
    {
        BallRule rule = settings.Rule;
        BallMembership members = neighbours.InReferenceBalls(rule);
        double[] balls = neighbours.CanAnswer(settings.Wider, isOfReference: true)
            ? ImageInfluence.OfCoverage(members.CandidatesInBall, neighbours.InReferenceBalls(settings.Wider).CandidatesInBall, neighbours.ReferenceGrowth(rule.K))
            : [];
        MetricInfluence influence = new(balls, ImageInfluence.OfCovering(members.CandidatesOfBall!, members.BallsAroundCandidate.Length));
        double? variance = inputs.Halves().Joint(rule.K + 1, HalfScores.Covered(rule, most: 1));
        return Measured.Whole(value, influence, variance, members.CandidatesInBall.Length);
    }
}
