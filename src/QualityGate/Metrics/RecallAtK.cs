using QualityGate.Numerics;

namespace QualityGate.Metrics;

/// <summary>
/// Retrieval inside a labelled candidate set, each image a query to all others. recall_at_K: share of queries with an image of their class among
/// the K nearest. map_at_r: with R the other images of the query's class, the mean over its R nearest of the precision at each hit. All in [0, 1],
/// higher is better. They see whether features tell classes apart and never look at the reference.
/// Source: Recall@K as in Proxy-Anchor (Kim et al., 2020), MAP@R as in Musgrave et al., "A Metric Learning Reality Check", 2020. Conventions: <c>index</c> leaves out
/// the query itself; <c>proxy-anchor</c> (cosine, norms with 1e-12 added under the root) drops whatever is nearest, which is another image when the query has an exact copy.
/// </summary>
/// <remarks>
/// Needs features <c>[N, D]</c> and labels of the candidate. Order is that of float64 arithmetic; of equally near images the first comes first. A query alone in its class
/// cannot succeed: it counts as a miss, or not at all (<c>alone</c>).
/// </remarks>
internal sealed class RecallAtK : IMetricFamily
{
    private const string ProxyAnchor = "proxy-anchor";
    private static readonly int[] Ks = [1, 2, 4, 8];

    public string Name => "recall_at_k";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        .. Ks.Select(k => new MetricDefinition($"recall_at_{k}", MetricDirection.Higher, $"Share of candidate images with one of their class among the {k} nearest.")),
        new("map_at_r", MetricDirection.Higher, "How purely the nearest images are of the query's class, as many as there are."),
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "distance", Default = "cosine", Choices = ["cosine", "euclidean"], Summary = "What near means." },
        new() { Name = "alone", Default = "miss", Choices = ["miss", "excluded"], Summary = "What a query alone in its class is." },
        new()
        {
            Name = "convention",
            Default = "index",
            Choices = ["index", ProxyAnchor],
            Summary = "index: the query itself is left out; proxy-anchor: the nearest image is left out, whichever it is.",
        },
    ];

    public bool IsPerClass => false;

    public MetricNeeds Needs => MetricNeeds.CandidateFeatures | MetricNeeds.CandidateLabels;

    public string Convention(ParameterValues parameters) => parameters.Word("convention")!;

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        FeatureMatrix rows = inputs.Candidate.Features!;
        bool dropsNearest = Convention(parameters) == ProxyAnchor, isCosine = parameters.Word("distance") == "cosine";
        if (rows.Count < 2)
        {
            throw new MetricUnavailableException($"retrieval needs at least 2 images; the candidate has {rows.Count}");
        }

        if (dropsNearest && !isCosine)
        {
            throw new MetricUnavailableException("the convention proxy-anchor is of cosine similarity; set recall_at_k.distance to cosine");
        }

        int[] labels = Numbered(inputs.Candidate.Labels!);
        int[] sizes = new int[labels.Max() + 1];
        Array.ForEach(labels, label => sizes[label]++);
        RetrievalScores scores = new(labels, sizes, Ks, dropsNearest);
        double[]? factors = isCosine ? Factors(rows, dropsNearest ? 1e-12 : 0) : null;
        new NearestRanking(rows, factors, inputs.Products).ForEach(scores.Wanted, keepSelf: dropsNearest, scores.Take, cancellation);

        int alone = labels.Count(label => sizes[label] == 1);
        bool excluded = parameters.Word("alone") == "excluded";
        int queries = excluded ? labels.Length - alone : labels.Length;
        if (queries == 0)
        {
            throw new MetricUnavailableException("every image is alone in its class");
        }

        return MetricOutcome.Of([.. scores.Hits.Select(hits => (double)hits / queries), scores.Precision / queries]) with
        {
            Notes = alone == 0 ? [] : [$"{alone} of {labels.Length} images are alone in their class; as queries they {(excluded ? "are left out" : "count as misses")}."],
        };
    }

    private static double[] Factors(FeatureMatrix rows, double added)
    {
        if (added == 0)
        {
            return RowNorms.Inverses(rows, "candidate");
        }

        double[] factors = new double[rows.Count];
        for (int i = 0; i < factors.Length; i++)
        {
            double sum = added;
            foreach (float value in rows.Row(i))
            {
                sum += (double)value * value;
            }

            factors[i] = 1 / Math.Sqrt(sum);
        }

        return factors;
    }

    private static int[] Numbered(IReadOnlyList<string> labels)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] numbered = new int[labels.Count];
        for (int i = 0; i < numbered.Length; i++)
        {
            if (!numbers.TryGetValue(labels[i], out numbered[i]))
            {
                numbers[labels[i]] = numbered[i] = numbers.Count;
            }
        }

        return numbered;
    }
}
