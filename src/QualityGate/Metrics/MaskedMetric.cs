using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>A metric of both sets in one mode of their masks, as a gate names it: <c>fid/hard</c>, <c>coverage/soft:0.3</c>.</summary>
/// <param name="Name">As written.</param>
/// <param name="Family">The metric's family.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Mode">What is done to the images of both sets.</param>
internal sealed record MaskedMetric(string Name, IMetricFamily Family, string Metric, MaskMode Mode)
{
    private const char Bar = '/';

    /// <summary>Every name that <see cref="Parse"/> knows, and a few more, as a regular expression.</summary>
    public static string NamePattern { get; } = "^[a-z0-9_]+" + Bar + MaskMode.Pattern[1..];

    /// <summary>What a name means, or null. Metrics of labels, of anomaly scores and of the audit have no such form: they look at one set, or know its modes themselves.</summary>
    public static MaskedMetric? Parse(string name)
    {
        int bar = name.IndexOf(Bar, StringComparison.Ordinal);
        if (bar < 0 || !MaskMode.TryParse(name[(bar + 1)..], out MaskMode mode))
            return null;
        string metric = name[..bar];
        IMetricFamily? family = MetricRegistry.Families.FirstOrDefault(f => f.Metrics.Any(m => m.Name == metric));
        return family is null or AnomalyFamily or BackgroundFamily || family.Needs.HasFlag(MetricNeeds.CandidateLabels) ? null : new MaskedMetric(name, family, metric, mode);
    }
}
