using System.Globalization;

namespace QualityGate.Metrics;

/// <summary>
/// Retrieval inside a labelled candidate set, each image a query to all others. recall_at_K: share of queries with an image of their class among
/// the K nearest. map_at_r: with R the other images of the query's class, the mean over its R nearest of the precision at each hit. All in [0, 1],
/// higher is better. They see whether features tell classes apart; the reference is looked at only as the gallery that candidates search (<c>gallery</c>).
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
    private const string Prefix = "recall_at_";
    private const int LargestK = 10_000;
    private static readonly int[] AlwaysKs = [1, 2, 4, 8];

    private readonly int[] _ks;

    /// <summary>The family with the Ks that are always there, and more.</summary>
    /// <param name="more">Ks that somebody named, such as the 16 of <c>recall_at_16</c>.</param>
    public RecallAtK(params int[] more)
    {
        _ks = [.. AlwaysKs.Union(more).Order()];
        Metrics =
        [
            .. _ks.Select(k => new MetricDefinition($"{Prefix}{k}", MetricDirection.Higher, $"Share of candidate images with one of their class among the {k} nearest.") { Scale = IntervalScale.Share }),
            new("map_at_r", MetricDirection.Higher, "How purely the nearest images are of the query's class, as many as there are.") { Least = 0, Most = 1 },
        ];
    }

    /// <summary>Every name that <see cref="KOf"/> knows, as a regular expression.</summary>
    public static string NamePattern => $"^{Prefix}([1-9][0-9]{{0,3}}|10000)$";

    public string Name => "recall_at_k";

    public IReadOnlyList<MetricDefinition> Metrics { get; }

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "k", Default = "1,2,4,8", Minimum = 1, Maximum = 10000, IsList = true, Summary = "The Ks of the curve; 1, 2, 4 and 8 are always there." },
        new() { Name = "gallery", Default = "self", Choices = ["self", "reference"], Summary = "What is searched: the other candidates, or the reference." },
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
        RetrievalOptions options = new()
        {
            Ks = [.. parameters.Numbers("k").Union(_ks).Order()],
            Distance = parameters.Word("distance") == "cosine" ? RetrievalDistance.Cosine : RetrievalDistance.Euclidean,
            IsProxyAnchor = Convention(parameters) == ProxyAnchor,
            LeavesOutAlone = parameters.Word("alone") == "excluded",
        };
        bool isGallery = parameters.Word("gallery") == "reference";
        RetrievalResult result = isGallery ? AgainstReference(inputs, options, cancellation) : RetrievalEvaluation.Within(
            inputs.Candidate.Features!, inputs.Candidate.Labels!, options, inputs.Products, cancellation);
        inputs.Retrieval = result;
        MetricTable[] tables = [result.CurveTable("recall_at_k.curve"), result.ByClassTable("recall_at_k.classes")];
        return new MetricOutcome([.. _ks.Select(result.Recall), result.MeanPrecision()])
        {
            Tables = tables,
            Notes = result.Alone == 0 ? [] : [AloneNote(result, isGallery)],
        };
    }

    /// <summary>K of a metric's name, or null when it is no recall.</summary>
    public static int? KOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length && name[Prefix.Length] != '0'
        && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int k) && k <= LargestK ? k : null;

    /// <summary>One family with the Ks of several.</summary>
    public static RecallAtK Of(IEnumerable<RecallAtK> families) => new([.. families.SelectMany(f => f._ks)]);

    private static string AloneNote(RetrievalResult result, bool isGallery)
    {
        string fate = result.Options.LeavesOutAlone ? "are left out" : "count as misses";
        string which = isGallery ? "are of classes that the reference lacks" : "are alone in their class";
        return $"{result.Alone} of {result.FirstHit.Count} images {which}; as queries they {fate}.";
    }

    private static RetrievalResult AgainstReference(MetricInputs inputs, RetrievalOptions options, CancellationToken cancellation)
    {
        inputs.Require(MetricNeeds.Features);
        IReadOnlyList<string> labels = inputs.Reference.Labels
            ?? throw new MetricUnavailableException($"the reference ({inputs.Reference.Source}) is the gallery and holds no labels; name them with --labels");
        return RetrievalEvaluation.Against(
            inputs.Candidate.Features!, inputs.Candidate.Labels!, inputs.Reference.Features!, labels, options, inputs.Products, cancellation);
    }
}
