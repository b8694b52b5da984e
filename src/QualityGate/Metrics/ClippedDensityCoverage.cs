using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>
/// Clipped density and clipped coverage. clipped_density: how deep candidates lie among reference balls, where a ball reaches no further
/// than the median ball, a candidate counts at most as much as K balls, and the mean is divided by what the reference scores against itself;
/// clipped at 1. clipped_coverage: of the K nearest candidates of each reference image, the share inside its ball, averaged, then mapped so that
/// the score reads linearly: 0.7 means as good as a set of which 70 % are drawn from the reference's distribution. Both in [0, 1], higher is better.
/// Source: Salvy et al., "Clipped Density and Coverage", 2026, and the authors' code (<c>cdc</c>): the clipped ball holds its sphere, the ball of coverage does not.
/// </summary>
/// <remarks>
/// Needs features <c>[N, D]</c> with N above K in the reference and at least K candidates. The map is the expected score of m good
/// candidates, <c>E[min(J, K)] / K</c> with J beta-binomial (m, K, N - K). Where several references lie exactly on a ball's sphere all of
/// them count here; the authors' code keeps K of them.
/// </remarks>
internal sealed class ClippedDensityCoverage : IMetricFamily
{
    public string Name => "clipped_density_coverage";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("clipped_density", MetricDirection.Higher, "Density that no outlier and no crowd can inflate; 1 is as good as the reference itself.") { Blames = MetricSides.Candidate, Least = 0, Most = 1 },
        new("clipped_coverage", MetricDirection.Higher, "Coverage on a linear scale: the share of good images that would score the same.") { Blames = MetricSides.Reference, Least = 0, Most = 1 },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "k", Default = "5", Minimum = 1, Maximum = 10_000, Summary = "Which nearest neighbour a ball reaches to, and how many candidates each may count." },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => "cdc";

    public void Ask(NeighbourDemand demand, ParameterValues parameters)
    {
        Settings settings = Settings.Of(parameters);
        demand.AskReferenceBalls(settings.ClippedBalls);
        demand.AskOwnBalls(settings.ClippedBalls);
        demand.AskReferenceBalls(settings.CoverageBalls);
    }

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        Settings settings = Settings.Of(parameters);
        inputs.RequireReferenceNeighbours(settings.K);
        int references = inputs.Reference.Features!.Count, candidates = inputs.Candidate.Features!.Count;
        if (candidates < settings.K)
        {
            throw new MetricUnavailableException($"k = {settings.K} needs at least {settings.K} candidate images; there are {candidates}");
        }

        NeighbourResults neighbours = inputs.Neighbours(cancellation);
        int[] around = neighbours.InReferenceBalls(settings.ClippedBalls).BallsAroundCandidate, inBall = neighbours.InReferenceBalls(settings.CoverageBalls).CandidatesInBall;
        double itself = ClippedMean(neighbours.OwnBallsAround(settings.ClippedBalls), settings.K), density = ClippedMean(around, settings.K) / itself;
        double coverage = ClippedMean(inBall, settings.K), linear = Linear(coverage, settings.K, references, candidates);
        if (!inputs.WithErrors)
        {
            return MetricOutcome.Of(Math.Min(density, 1), linear);
        }

        // Only what one set's images do while the other's balls stay: the balls of both conventions are clipped, so that growing ones hardly matter.
        double[] deep = ImageInfluence.OfMean([.. around.Select(n => Math.Min(n, settings.K) / (settings.K * itself))]);
        double error = Math.Sqrt(inputs.Halves().Joint(settings.K + 1, HalfScores.Covered(settings.CoverageBalls, settings.K)) ?? double.NaN);
        double slope = Slope(linear, settings.K, references, candidates);
        double[] covered = ImageInfluence.OfMean([.. inBall.Select(n => slope * Math.Min(n, settings.K) / settings.K)]);
        return new MetricOutcome(
        [
            Measured.Whole(Math.Min(density, 1), new MetricInfluence([], deep), inputs.Halves().Joint(settings.K + 1, HalfScores.ClippedDensity(settings.K))),
            Measured.Whole(linear, new MetricInfluence(covered, []), double.IsNaN(error) ? null : slope * slope * error * error),
        ]);
    }

    /// <summary>The mean of counts over K, each at most 1.</summary>
    private static double ClippedMean(int[] counts, int k) => counts.Sum(count => (long)Math.Min(count, k)) / ((double)k * counts.Length);

    /// <summary>Share of the table of expected scores, for 0 to M good candidates (0 below K), that lies below the score.</summary>
    internal static double Linear(double score, int k, int references, int candidates)
    {
        int low = 0, high = candidates + 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            double expected = middle < k ? 0 : Expected(middle, k, references);
            if (expected < score) low = middle + 1;
            else high = middle;
        }

        return (double)low / (candidates + 1);
    }

    // How fast the linear score rises with the score; beyond the end of the scale as at its end.
    private static double Slope(double linear, int k, int references, int candidates)
    {
        int reach = Math.Max(1, candidates / 20), good = Math.Max((int)(linear * (candidates + 1)), k + reach);
        return 2.0 * reach / (candidates + 1) / (Expected(good + reach, k, references) - Expected(good - reach, k, references));
    }

    // E[min(J, K)] = K - sum over j < K of (K - j) P(J = j): K terms, however many candidates.
    private static double Expected(int good, int k, int references)
    {
        double missing = 0;

        // log P(J = 0) = log B(K, N - K + m) - log B(K, N - K), as a product of K factors; each next term by its ratio.
        double log = 0;
        for (int i = 0; i < k; i++)
        {
            log += Math.Log((double)(references - k + i) / (references - k + good + i));
        }

        for (int j = 0; j < k; j++)
        {
            missing += (k - j) * Math.Exp(log);
            log += Math.Log((double)(good - j) / (j + 1)) + Math.Log((double)(k + j) / (references - k + good - j - 1));
        }

        return 1 - (missing / k);
    }

    private readonly record struct Settings(int K)
    {
        public BallRule ClippedBalls => new(K, Inclusive: true, BallReach.AtMostMedian);

        public BallRule CoverageBalls => new(K, Inclusive: false);

        public static Settings Of(ParameterValues parameters) => new(parameters.Number("k"));
    }
}
