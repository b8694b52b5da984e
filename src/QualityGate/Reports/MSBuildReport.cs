namespace QualityGate.Reports;

/// <summary>
/// The report for MSBuild and editors: <c>file(line,column): error QG2002: text</c>, a line each, which they link to the spec, and the verdict as the
/// last line, which they take for neither an error nor a warning.
/// </summary>
public sealed class MSBuildReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "msbuild";

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        foreach (Finding finding in Finding.Of(result))
        {
            string origin = PlainText.OneLine(finding.Location?.ToString() ?? result.SpecFile ?? "qualitygate");
            writer.Write(PlainText.OneLine($"{origin}: {(finding.IsError ? "error" : "warning")} {finding.Code.Id}: {finding.Message}") + "\n");
        }

        writer.Write($"{VerdictLine.Write(result)}{ResultText.Against(result)}\n");
    }
}
