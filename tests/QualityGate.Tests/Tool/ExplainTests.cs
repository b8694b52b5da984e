using System.Text.Json;

namespace QualityGate.Tests.Tool;

/// <summary><c>qualitygate explain</c> on the quickstart's set without discs.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly ToolRun _tool = new();

    public ExplainTests()
    {
        string sample = RepositoryFiles.At("samples", "quickstart");
        _tool.Write("qualitygate.yaml", $"""
            version: 1
            reference: {Path.Combine(sample, "reference")}
            candidate: {Path.Combine(sample, "class-missing")}
            extractor: random-vgg16
            labels: folders
            gates:
              fid: {"{ max: 0.1 }"}
              precision: {"{ min: 0.5 }"}
              coverage: {"{ min: 0.90 }"}
            """);
    }

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void The_missing_class_is_named_by_spec_and_by_result()
    {
        Assert.Equal(1, _tool.Run("check").ExitCode);
        ToolRun.Answer spec = _tool.Run("explain"), result = _tool.Run("explain", Path.Combine("qualitygate-out", "result.json"));
        Assert.True(spec.ExitCode == 0, spec.Error);
        Assert.Equal(spec.Output, result.Output);
        Assert.Contains("of 40 disc", spec.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("reference", "disc"), spec.Output, StringComparison.Ordinal);
        Assert.Contains("coverage 0.8", spec.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("precision", spec.Output, StringComparison.Ordinal);
        Assert.Contains("\"uncovered\"", File.ReadAllText(Path.Combine(_tool.Folder, "qualitygate-out", "result.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_says_what_leaving_out_the_blamed_brings()
    {
        ToolRun.Answer answer = _tool.Run("explain", "--metric", "precision", "--metric", "fid", "--what-if", "2%", "--top", "2", "--format", "json");
        Assert.True(answer.ExitCode == 0, answer.Error);
        using JsonDocument document = JsonDocument.Parse(answer.Output);
        JsonElement[] metrics = [.. document.RootElement.GetProperty("metrics").EnumerateArray()];
        JsonElement precision = metrics[0].GetProperty("what_if");
        Assert.Equal("qualitygate.explanation/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(2, metrics[0].GetProperty("candidate").GetProperty("images").GetArrayLength());
        Assert.Equal(precision.GetProperty("predicted").GetDouble(), precision.GetProperty("measured").GetDouble(), 9);
        Assert.True(metrics[1].GetProperty("what_if").GetProperty("measured").GetDouble() < metrics[1].GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData("--top", "0")]
    [InlineData("--top", "21")]
    [InlineData("--what-if", "0")]
    [InlineData("--what-if", "100%")]
    [InlineData("--what-if", "many")]
    [InlineData("--format", "sarif")]
    [InlineData("--metric", "vendi")]
    public void Wrong_options_are_refused(string option, string value) => Assert.Equal(2, _tool.Run("explain", option, value).ExitCode);

    [Fact]
    public void A_saved_result_cannot_be_measured_again()
    {
        _tool.Write("result.json", "{}");
        ToolRun.Answer answer = _tool.Run("explain", "result.json", "--what-if", "5%");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("QG1015", answer.Error, StringComparison.Ordinal);
    }
}
