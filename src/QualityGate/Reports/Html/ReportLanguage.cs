namespace QualityGate.Reports.Html;

/// <summary>The language of a report's own texts.</summary>
public enum ReportLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>Korean.</summary>
    Korean,
}
