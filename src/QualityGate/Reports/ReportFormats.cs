using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>The registry of reports.</summary>
public static class ReportFormats
{
    private static readonly (string Name, Func<ConsoleStyle, IReport> Create)[] Known =
    [
        (ConsoleReport.Name, style => new ConsoleReport(style)),
        (JsonReport.Name, _ => new JsonReport()),
        (MarkdownReport.Name, _ => new MarkdownReport()),
        (JUnitReport.Name, _ => new JUnitReport()),
        (SarifReport.Name, _ => new SarifReport()),
        (GitHubReport.Name, _ => new GitHubReport()),
        (MSBuildReport.Name, _ => new MSBuildReport()),
        (GitLabReport.Name, _ => new GitLabReport()),
        (TeamCityReport.Name, _ => new TeamCityReport()),
        (AzureReport.Name, _ => new AzureReport()),
        (BadgeReport.Name, _ => new BadgeReport()),
        (BadgeEndpointReport.Name, _ => new BadgeEndpointReport()),
    ];

    /// <summary>Names of all formats.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    /// <summary>The report of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="style">Look of the console report; <see cref="ConsoleStyle.Plain"/> when null.</param>
    /// <exception cref="UserErrorException">No report has this name.</exception>
    public static IReport Create(string name, ConsoleStyle? style = null)
    {
        foreach ((string known, Func<ConsoleStyle, IReport> create) in Known)
        {
            if (known == name)
                return create(style ?? ConsoleStyle.Plain);
        }

        string shown = PlainText.OneLine(name);
        throw new UserErrorException(SpecErrors.UnknownFormat, $"unknown report format `{shown}`{NearestName.Suggest(name, Names)}");
    }
}
