using System.Text.RegularExpressions;

namespace QualityGate.Tests.Reports.Html;

/// <summary>Parts of a written page.</summary>
internal static partial class PageParts
{
    /// <summary>The page without style and scripts, and without the hash that names the scripts.</summary>
    public static string WithoutAssets(string html) => Hash().Replace(Script().Replace(Style().Replace(html, "<style>...</style>"), "<script>...</script>"), "'sha256-...'");

    /// <summary>The text of the page's only script that runs.</summary>
    public static string ScriptOf(string html) => Script().Match(html).Groups[1].Value;

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("'sha256-[^']*'")]
    private static partial Regex Hash();
}
