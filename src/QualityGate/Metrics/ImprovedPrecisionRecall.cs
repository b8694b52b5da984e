using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>
/// Improved precision and recall. Each image owns a ball that reaches to its k-th nearest neighbour in its own set; the union of a set's
/// balls stands for its manifold. improved_precision: share of candidates inside the reference's manifold. improved_recall: share of
/// references inside the candidate's. Both in [0, 1], higher is better; one outlier widens a manifold.
/// Source: Kynkaanniemi et al., "Improved Precision and Recall Metric for Assessing Generative Models", 2019; the authors' code, ADM and
/// torch-fidelity count the sphere as inside (<c>kynkaanniemi</c>), others do not (<c>strict</c>).
/// </summary>
/// <remarks>Needs features <c>[N, D]</c> with N above k on both sides. Memberships are those of float64 arithmetic.</remarks>
internal sealed class ImprovedPrecisionRecall : IMetricFamily
{
    private const string Inclusive = "kynkaanniemi";

    public string Name => "improved_precision_recall";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("improved_precision", MetricDirection.Higher, "Share of candidate images inside the reference's manifold.") { Blames = MetricSides.Candidate, Scale = IntervalScale.Share },
        new("improved_recall", MetricDirection.Higher, "Share of reference images inside the candidate's manifold.") { Blames = MetricSides.Reference, Scale = IntervalScale.Share },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "k", Default = "3", Minimum = 1, Maximum = 10_000, Summary = "Which nearest neighbour a ball reaches to." },
        new()
        {
            Name = "convention",
            Default = Inclusive,
            Choices = [Inclusive, "strict"],
            Summary = "kynkaanniemi: the sphere counts as inside; strict: it does not.",
        },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => parameters.Word("convention")!;

    public void Ask(NeighbourDemand demand, ParameterValues parameters) => BothBalls.Of(parameters, Inclusive).Ask(demand);

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        BothBalls settings = BothBalls.Of(parameters, Inclusive);
        NeighbourResults neighbours = settings.Answer(inputs, cancellation);
        return new MetricOutcome([settings.Precision(inputs, neighbours), settings.Recall(inputs, neighbours)]);
    }
}
