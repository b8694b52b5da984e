using QualityGate.Errors;
using QualityGate.Reports.Html;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>The registry of reports.</summary>
public static class ReportFormats
{
    private static readonly (string Name, Func<ConsoleStyle, ReportLanguage, IReport> Create)[] Known =
    [
        (ConsoleReport.Name, (style, _) => new ConsoleReport(style)),
        (JsonReport.Name, (_, _) => new JsonReport()),
        (MarkdownReport.Name, (_, _) => new MarkdownReport()),
        (JUnitReport.Name, (_, _) => new JUnitReport()),
        (SarifReport.Name, (_, _) => new SarifReport()),
        (GitHubReport.Name, (_, _) => new GitHubReport()),
        (MSBuildReport.Name, (_, _) => new MSBuildReport()),
        (GitLabReport.Name, (_, _) => new GitLabReport()),
        (TeamCityReport.Name, (_, _) => new TeamCityReport()),
        (AzureReport.Name, (_, _) => new AzureReport()),
        (BadgeReport.Name, (_, _) => new BadgeReport()),
        (BadgeEndpointReport.Name, (_, _) => new BadgeEndpointReport()),
        (HtmlReport.Name, (_, language) => new HtmlReport(language)),
    ];

    /// <summary>Names of all formats.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    /// <summary>The report of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="style">Look of the console report; <see cref="ConsoleStyle.Plain"/> when null.</param>
    /// <param name="language">Language of the HTML report.</param>
    /// <exception cref="UserErrorException">No report has this name.</exception>
    public static IReport Create(string name, ConsoleStyle? style = null, ReportLanguage language = ReportLanguage.English)
    {
        foreach ((string known, Func<ConsoleStyle, ReportLanguage, IReport> create) in Known)
        {
            if (known == name)
                return create(style ?? ConsoleStyle.Plain, language);
        }

        string shown = PlainText.OneLine(name);
        throw new UserErrorException(SpecErrors.UnknownFormat, $"unknown report format `{shown}`{NearestName.Suggest(name, Names)}");
    }
}
