namespace QualityGate.Metrics;

/// <summary>
/// What features owe to backgrounds: each image of a labelled set as a query, as it is and with its background gone. background_gap: recall_at_1 as it is minus recall_at_1
/// without background, in [-1, 1]; above 0 classes are told apart by their backgrounds, below 0 backgrounds disturb. background_flips: share of queries whose success at K = 1
/// changes with the background, either way. biased_classes: classes whose two counts differ by more than chance explains (McNemar, corrected for all classes).
/// After Seon, An and Yoon on image backgrounds in deep metric learning, 2022 (<c>index</c>: the query itself is left out).
/// </summary>
/// <remarks>Needs images, the spec's <c>background:</c> section, labels and masks of the audited set. The audit lives in <c>Backgrounds/</c>; here are its numbers as metrics.</remarks>
internal sealed class BackgroundFamily : IMetricFamily
{
    public const string FamilyName = "background";

    public string Name => FamilyName;

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("background_gap", MetricDirection.Lower, "Recall@1 as images are minus Recall@1 without backgrounds; above 0 classes are told apart by backgrounds, below 0 backgrounds disturb."),
        new("background_flips", MetricDirection.Lower, "Share of queries whose success depends on the background, either way."),
        new("biased_classes", MetricDirection.Lower, "Classes whose retrieval depends on backgrounds by more than chance explains."),
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } = [];

    public MetricNeeds Needs => MetricNeeds.None;

    public bool IsPerClass => false;

    public string Convention(ParameterValues parameters) => "index";

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation) => inputs.Background is { } numbers
        ? new MetricOutcome([.. Metrics.Select(metric => numbers.TryGetValue(metric.Name, out MetricNumber number) ? number : MetricNumber.Unavailable("it was not measured"))])
        : throw new MetricUnavailableException("the audit of backgrounds needs the `background:` section of a spec, or with `measure` an extractor, --masks and --labels");
}
