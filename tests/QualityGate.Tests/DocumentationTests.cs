using QualityGate.Errors;
using QualityGate.Metrics;

namespace QualityGate.Tests;

public sealed class DocumentationTests
{
    [Fact]
    public void Every_metric_and_parameter_is_in_the_metrics_page_with_its_default()
    {
        string page = File.ReadAllText(RepositoryFiles.At("docs", "metrics.md"));
        Assert.All(MetricRegistry.Families.SelectMany(f => f.Metrics), m => Assert.Contains($"`{m.Name}`", page, StringComparison.Ordinal));
        Assert.All(
            MetricRegistry.Families.SelectMany(f => f.Parameters, (family, parameter) => $"| `{family.Name}` | `{parameter.Name}` | `{parameter.Default}` |"),
            row => Assert.Contains(row, page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_of_codes_is_what_the_code_declares()
    {
        string path = RepositoryFiles.At("docs", "codes.md"), written = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        if (Environment.GetEnvironmentVariable("QUALITYGATE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, CodesPage());
        }

        Assert.Equal(CodesPage(), written);
    }

    [Fact]
    public void No_code_is_declared_twice() =>
        Assert.Equal(ErrorCatalogue.All.Count, ErrorCatalogue.All.Select(c => c.Id).Distinct().Count());

    private static string CodesPage()
    {
        IEnumerable<string> rows = ErrorCatalogue.All.Select(c => $"| `{c.Id}` | {Cell(c.Title)} | {Cell(c.Advice)} |");
        return string.Join('\n', [
            "# Codes", "",
            "Every rule and error has a code that stays the same: 1xxx the spec, 2xxx gates, 3xxx baselines, 4xxx data, 5xxx publishing. A breached gate exits with 1, everything else here with 2.", "",
            "| Code | Meaning | What to do |", "|---|---|---|", .. rows, string.Empty]);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
