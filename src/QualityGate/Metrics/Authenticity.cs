using QualityGate.Features;
using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>
/// Whether candidates are new images or remembered ones. A candidate is authentic when it is farther from its nearest reference image than
/// that image is from its own nearest other one. authenticity: share of authentic candidates, in [0, 1], higher is better.
/// duplicates: share of candidates that are copies, equal to their nearest reference image or nearer to it than <c>near</c> times its distance to its own nearest other one; lower is better.
/// Source: Alaa et al., "How Faithful is your Synthetic Data?", 2022; dgm-eval's authpct is 100 times the share (<c>dgm-eval</c>).
/// </summary>
/// <remarks>Needs features <c>[N, D]</c>, N at least 2 in the reference. Of equally near reference images the first counts.</remarks>
internal sealed class Authenticity : IMetricFamily
{
    private const int MostInTable = 1000;
    private const int MostInNote = 5;

    public string Name => "authenticity";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("authenticity", MetricDirection.Higher, "Share of candidate images that are not mere variations of a reference image.") { Scale = IntervalScale.Share },
        new("duplicates", MetricDirection.Lower, "Share of candidate images that copy a reference image, exactly or nearly.") { Scale = IntervalScale.Share },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new()
        {
            Name = "near",
            Default = "0.1",
            Minimum = 0,
            Maximum = 1,
            IsReal = true,
            Summary = "Below this share of the reference image's distance to its own nearest other one a candidate is a near copy; 0: exact copies only.",
        },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => "dgm-eval";

    public void Ask(NeighbourDemand demand, ParameterValues parameters)
    {
        demand.AskReferenceRadii(1);
        demand.AskNearestReference();
    }

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        inputs.RequireReferenceNeighbours(1);
        NeighbourResults neighbours = inputs.Neighbours(cancellation);
        NearestRows nearest = neighbours.NearestReference;
        double[] own = neighbours.SquaredReferenceRadii(1);
        int count = nearest.Row.Length;
        int authentic = Enumerable.Range(0, count).Count(j => own[nearest.Row[j]] < nearest.SquaredDistance[j]);
        int[] copies = [.. Enumerable.Range(0, count).Where(j => IsCopy(neighbours, j, parameters.Real("near")))];
        double near = parameters.Real("near");
        bool[] isCopy = new bool[count];
        Array.ForEach(copies, j => isCopy[j] = true);
        return new MetricOutcome(
        [
            Share(inputs, authentic, [.. Enumerable.Range(0, count).Select(j => own[nearest.Row[j]] < nearest.SquaredDistance[j])], (least, radius) => radius < least),
            Share(inputs, copies.Length, isCopy, (least, radius) => least == 0 || least < near * near * radius),
        ])
        {
            Tables = copies.Length == 0 ? [] : [Table(copies, nearest)],
            Notes = copies.Length == 0 ? [] : [Note(copies, nearest, inputs)],
        };
    }

    private static MetricNumber Share(MetricInputs inputs, int count, bool[] isSo, Func<float, float, bool> rule)
    {
        double value = (double)count / isSo.Length;
        if (!inputs.WithErrors)
        {
            return value;
        }

        double[] own = ImageInfluence.OfMean(Array.ConvertAll(isSo, so => so ? 1.0 : 0));
        return Measured.Mean(value, new MetricInfluence([], own), own, inputs.Halves().OneSided(ofReferences: true, 2, HalfScores.Nearest(rule)), isSo.Length);
    }

    /// <summary>Whether a candidate row copies its nearest reference row.</summary>
    public static bool IsCopy(NeighbourResults neighbours, int candidate, double near)
    {
        double distance = neighbours.NearestReference.SquaredDistance[candidate];
        return distance == 0 || distance < near * near * neighbours.SquaredReferenceRadii(1)[neighbours.NearestReference.Row[candidate]];
    }

    private static MetricTable Table(int[] copies, NearestRows nearest) => new(
        "authenticity.duplicates",
        ["candidate", "reference", "distance"],
        [.. copies.Take(MostInTable).Select(j => (IReadOnlyList<double?>)[j, nearest.Row[j], Math.Sqrt(nearest.SquaredDistance[j])])]);

    private static string Note(int[] copies, NearestRows nearest, MetricInputs inputs)
    {
        string listed = string.Join("; ", copies.Take(MostInNote).Select(j => $"{NameOf(inputs.Candidate, j)} of {NameOf(inputs.Reference, nearest.Row[j])}"));
        return $"{copies.Length} candidate images copy a reference image, exactly or nearly: {listed}{(copies.Length > MostInNote ? "; ..." : string.Empty)}";
    }

    private static string NameOf(FeatureSet set, int row) => set.Ids?[row] ?? $"row {row}";
}
