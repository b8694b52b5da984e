using QualityGate.Numerics;
using QualityGate.Numerics.Clustering;

namespace QualityGate.Metrics;

/// <summary>
/// Precision and recall of distributions. The union of both sets is clustered by k-means; the sets' shares in the clusters are two discrete
/// distributions, candidate q and reference p, whose curve of <c>precision(l) = sum min(l p, q)</c> and <c>recall(l) = precision(l) / l</c> over all slopes l says how much of each the other
/// could produce. prd_f8 is the best F-score that weighs recall eight times, prd_f1_8 precision; both in [0, 1], higher is better.
/// Source: Sajjadi et al., "Assessing Generative Models via Precision and Recall", 2018 (<c>prd</c>): 20 clusters, 1,001 angles, mean curve of 10 runs.
/// </summary>
/// <remarks>
/// Needs features <c>[N, D]</c>, at least as many images in both sets together as clusters. The authors' clustering is unseeded; this one follows the same rules with a seed and agrees
/// with theirs within its spread. They ask for sets of one size; here each set's shares add up to 1, so sizes may differ.
/// </remarks>
internal sealed class PrecisionRecallDistributions : IMetricFamily
{
    private const int Angles = 1001;
    private const double Epsilon = 1e-10;

    public string Name => "prd";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("prd_f8", MetricDirection.Higher, "How much of the reference's variety the candidate has, by clusters (recall-like).") { Scale = IntervalScale.Share, Least = 0, Most = 1 },
        new("prd_f1_8", MetricDirection.Higher, "How much of the candidate looks like the reference, by clusters (precision-like).") { Scale = IntervalScale.Share, Least = 0, Most = 1 },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "clusters", Default = "20", Minimum = 2, Maximum = 1000, Summary = "Clusters of the union." },
        new() { Name = "runs", Default = "10", Minimum = 1, Maximum = 100, Summary = "Clusterings whose curves are averaged." },
        new() { Name = "restarts", Default = "10", Minimum = 1, Maximum = 100, Summary = "Starts that each clustering chooses from." },
        new() { Name = "seed", Default = "2020", Minimum = 0, Summary = "Seed of starts and batches." },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => "prd";

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = inputs.Features();
        ClusterSettings settings = new(
            parameters.Number("clusters"), parameters.Number("runs"), parameters.Number("restarts"), (uint)parameters.Number("seed"));
        if (reference.Count + candidate.Count < settings.Clusters)
        {
            throw new MetricUnavailableException(
                $"{settings.Clusters} clusters need as many images; both sets together have {reference.Count + candidate.Count}. Set prd.clusters to less");
        }

        double[] precision = new double[Angles], recall = new double[Angles];
        ClusteredRun[] runs =
        [
            .. UnionClusters.Memberships(reference, candidate, settings, inputs.Products, cancellation).Select(r => new ClusteredRun(
                r.First, r.Second, UnionClusters.Shares(r.First, settings.Clusters), UnionClusters.Shares(r.Second, settings.Clusters))),
        ];
        foreach ((_, _, double[] p, double[] q) in runs)
        {
            (double[] runPrecision, double[] runRecall) = Curve(q, p);
            for (int a = 0; a < Angles; a++)
            {
                precision[a] += runPrecision[a] / settings.Runs;
                recall[a] += runRecall[a] / settings.Runs;
            }
        }

        return MetricOutcome.Of(Number(8), Number(1.0 / 8)) with
        {
            Tables =
            [
                new MetricTable(
                    "prd.curve",
                    ["angle", "precision", "recall"],
                    [.. Enumerable.Range(0, Angles).Select(a => (IReadOnlyList<double?>)[Angle(a), precision[a], recall[a]])]),
            ],
        };

        MetricNumber Number(double beta)
        {
            double best = LargestF(precision, recall, beta);
            int angle = Array.FindIndex([.. Enumerable.Range(0, Angles)], a => F(precision[a], recall[a], beta) == best);
            return inputs.WithErrors && angle >= 0 ? WithError(runs, angle, precision[angle], recall[angle], beta) : best;
        }
    }

    /// <summary>The best F-score with its error: at its own slope, an image adds what its cluster's share does to precision and recall.</summary>
    private static MetricNumber WithError(ClusteredRun[] runs, int angle, double precision, double recall, double beta)
    {
        double slope = Math.Tan(Angle(angle)), squared = beta * beta, below = (squared * precision) + recall + Epsilon;
        double byPrecision = (1 + squared) * recall * (recall + Epsilon) / (below * below), byRecall = (1 + squared) * precision * ((squared * precision) + Epsilon) / (below * below);
        double gain = byPrecision + (byRecall / slope);
        double[] ofReference = new double[runs[0].Reference.Length], ofCandidate = new double[runs[0].Candidate.Length], scores = new double[runs.Length];
        for (int r = 0; r < runs.Length; r++)
        {
            (ushort[] reference, ushort[] candidate, double[] p, double[] q) = runs[r];
            Add(ofReference, reference, Array.ConvertAll(p.Zip(q).ToArray(), c => slope * c.First < c.Second ? gain * slope / runs.Length : 0));
            Add(ofCandidate, candidate, Array.ConvertAll(p.Zip(q).ToArray(), c => slope * c.First < c.Second ? 0 : gain / runs.Length));
            scores[r] = gain * p.Zip(q).Sum(c => Math.Min(slope * c.First, c.Second));
        }

        MetricInfluence influence = new(MetricInfluence.Centred(ofReference), MetricInfluence.Centred(ofCandidate));
        double variance = Math.Pow(influence.StandardError(), 2), mean = scores.Average();
        double clusterings = runs.Length < 2 ? 0 : scores.Sum(s => (s - mean) * (s - mean)) / (runs.Length - 1) / runs.Length;
        return ((MetricNumber)((1 + squared) * precision * recall / below)) with { StandardError = Math.Sqrt(variance + clusterings), Influence = influence };
    }

    private static void Add(double[] influence, ushort[] clusters, double[] ofCluster)
    {
        for (int i = 0; i < influence.Length; i++)
        {
            influence[i] += ofCluster[clusters[i]];
        }
    }

    /// <summary>The curve of an evaluated distribution against a reference one, at 1,001 angles.</summary>
    internal static (double[] Precision, double[] Recall) Curve(double[] evaluated, double[] reference)
    {
        double[] precision = new double[Angles], recall = new double[Angles];
        for (int a = 0; a < Angles; a++)
        {
            double slope = Math.Tan(Angle(a)), sum = 0;
            for (int c = 0; c < evaluated.Length; c++)
            {
                sum += Math.Min(reference[c] * slope, evaluated[c]);
            }

            precision[a] = Math.Clamp(sum, 0, 1);
            recall[a] = Math.Clamp(sum / slope, 0, 1);
        }

        return (precision, recall);
    }

    /// <summary>The largest F-score on a curve; beta above 1 weighs recall.</summary>
    internal static double LargestF(double[] precision, double[] recall, double beta) =>
        Enumerable.Range(0, precision.Length).Max(a => F(precision[a], recall[a], beta));

    private static double F(double precision, double recall, double beta)
    {
        double squared = beta * beta;
        return (1 + squared) * precision * recall / ((squared * precision) + recall + Epsilon);
    }

    // numpy's linspace from just above 0 to just below a right angle.
    private static double Angle(int index)
    {
        const double last = (Math.PI / 2) - Epsilon;
        return index == Angles - 1 ? last : Epsilon + (index * ((last - Epsilon) / (Angles - 1)));
    }

    /// <summary>The cluster of each image of both sets in one clustering, and the clusters' shares.</summary>
    private sealed record ClusteredRun(ushort[] Reference, ushort[] Candidate, double[] ReferenceShares, double[] CandidateShares);
}
