using System.Globalization;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>Logging commands of Azure Pipelines: an issue at the spec's line for each gate that did not pass. That the job fails is said by the exit code.</summary>
public sealed class AzureReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "azure";

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        foreach (Finding finding in Finding.Of(result))
        {
            List<string> properties = [$"type={(finding.IsError ? "error" : "warning")}"];
            if (finding.FileIn(result) is { Length: > 0 } file)
                properties.Add($"sourcepath={Property(file)}");
            if (finding.Location is { } at)
                properties.Add(string.Create(CultureInfo.InvariantCulture, $"linenumber={at.Line};columnnumber={at.Column}"));
            properties.Add($"code={Property(finding.Code.Id)}");
            writer.Write($"##vso[task.logissue {string.Join(';', properties)}]{Data(finding.Message)}\n");
        }

        string verdict = VerdictLine.Write(result) + ResultText.Against(result);
        bool hasOnlyIssues = result.Verdict is Verdict.Warn or Verdict.Inconclusive && result.Problems.Count == 0;
        writer.Write(hasOnlyIssues ? $"##vso[task.complete result=SucceededWithIssues]{Data(verdict)}\n" : $"{verdict}\n");
    }

    private static string Data(string text) => PlainText.OneLine(text).Replace("%", "%AZP25", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace("]", "%5D", StringComparison.Ordinal);
}
