using QualityGate.Metrics;

namespace QualityGate.Reports.Html;

/// <summary>What the sections of one page share.</summary>
internal sealed class Page(RunResult result, ReportLanguage language)
{
    /// <summary>The run.</summary>
    public RunResult Result { get; } = result;

    /// <summary>Pictures and points, or null.</summary>
    public ReportEvidence? Evidence { get; } = result.Evidence;

    /// <summary>The language.</summary>
    public ReportLanguage Language { get; } = language;

    /// <summary>What the scripts draw.</summary>
    public ChartData Charts { get; } = new();

    /// <summary>A text in the page's language.</summary>
    public string Say(PageText text, params object[] values) => text.In(Language, values);

    /// <summary>Sentences, one after the other; what is null or empty is left out.</summary>
    public static string Join(params string?[] sentences) => string.Join(' ', sentences.Where(s => !string.IsNullOrEmpty(s)));

    /// <summary>What a metric means, for a reader who does not know it.</summary>
    public string Meaning(string metric) => MetricMeanings.Of(metric)?.In(Language)
        ?? MetricRegistry.Families.SelectMany(f => f.Metrics).FirstOrDefault(m => m.Name == metric)?.Summary ?? string.Empty;

    /// <summary>Which way a metric is good, in words.</summary>
    public string Direction(MetricDirection direction) => Say(direction == MetricDirection.Lower ? PageTexts.LowerIsBetter : PageTexts.HigherIsBetter);

    /// <summary>Set in one word.</summary>
    public string Role(EvidenceRole role) => Say(role == EvidenceRole.Reference ? PageTexts.Reference : PageTexts.Candidate);
}
