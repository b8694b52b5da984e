namespace QualityGate.Metrics;

/// <summary>
/// How little the candidate's images resemble what a generator of normal images can make: A(x) = (1 - l) R(x) + l D(x) after a search for the nearest
/// generated image. Source: Schlegl et al., 2017 (<c>anogan</c>). The search and its evaluation live in <c>Anomaly/</c>; here are its numbers as metrics.
/// </summary>
/// <remarks>Needs images and the spec's <c>anomaly:</c> section; <c>anomaly_auroc</c> labels of the candidate, <c>anomaly_rate</c> images of the reference.</remarks>
internal sealed class AnomalyFamily : IMetricFamily
{
    public const string FamilyName = "anomaly";

    public string Name => FamilyName;

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("anomaly_auroc", MetricDirection.Higher, "How surely an anomalous image scores higher than a normal one; 0.5 is chance, 1 is always."),
        new("anomaly_rate", MetricDirection.Lower, "Share of candidate images that score higher than nearly all of the reference."),
        new("anomaly", MetricDirection.Lower, "Mean anomaly score of the candidate's images."),
        new("anomaly_p05", MetricDirection.Lower, "Score that only 5 % of the candidate's images are below."),
        new("anomaly_median", MetricDirection.Lower, "Their median score."),
        new("anomaly_p95", MetricDirection.Lower, "Score that only 5 % of them exceed."),
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } = [];

    public MetricNeeds Needs => MetricNeeds.None;

    public bool IsPerClass => false;

    public string Convention(ParameterValues parameters) => "anogan";

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation) => inputs.Anomaly is { } numbers
        ? new MetricOutcome([.. Metrics.Select(metric => numbers.TryGetValue(metric.Name, out MetricNumber number) ? number : MetricNumber.Unavailable("it was not measured"))])
        : throw new MetricUnavailableException("anomaly scores need the `anomaly:` section of a spec, with a generator and a discriminator");
}
