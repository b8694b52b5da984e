using System.Globalization;

namespace QualityGate.Reports.Html;

/// <summary>A text of the page in each language; <c>{0}</c>, <c>{1}</c>... are filled in.</summary>
/// <param name="English">In English.</param>
/// <param name="Korean">In Korean.</param>
internal sealed record PageText(string English, string Korean)
{
    /// <summary>The text in a language.</summary>
    public string In(ReportLanguage language, params object[] values)
    {
        string text = language == ReportLanguage.Korean ? Korean : English;
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
