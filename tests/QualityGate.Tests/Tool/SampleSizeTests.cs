using System.Text.Json;

namespace QualityGate.Tests.Tool;

public sealed class SampleSizeTests
{
    private static readonly string Gauss = Path.Combine(AppContext.BaseDirectory, "Data", "vectors", "gauss_500_700_d64.npz");
    private static readonly string[] Sets = ["measure", "-r", Gauss + "#real", "-c", Gauss + "#fake", "-m", "fid"];

    [Fact]
    public void A_kept_study_warns_in_check_measure_and_baseline_create()
    {
        using ToolRun tool = new();
        ToolRun.Answer study = tool.Run([.. Sets, "--sample-size-study", "--study-draws", "2", "--study-tolerance", "0.05", "--study-seed", "3", "--save-sample-sizes", "sizes.json"]);
        Assert.True(study.ExitCode == 0, study.Error);
        Assert.Contains("fid needs more than 700 candidate images: it had not settled within 5 % at 480.", study.Output, StringComparison.Ordinal);

        const string expected = "fid needs more than 700 candidate images to settle, and there are 700 (sizes.json, within 5 %).";
        Assert.Contains(expected, tool.Run([.. Sets, "--sample-sizes", "sizes.json"]).Output, StringComparison.Ordinal);
        tool.Write("spec/qualitygate.yaml", $"version: 1\nreference: {Gauss}#real\ncandidate: {Gauss}#fake\nbaseline: b.safetensors\nsample_sizes: ../sizes.json\ngates: {{ fid: {{ max: 100 }} }}\n");
        ToolRun.Answer create = tool.Run("baseline", "create", "spec/qualitygate.yaml");
        Assert.True(create.ExitCode == 0, create.Error);
        Assert.Contains("warning: " + expected, create.Error, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("check", "spec/qualitygate.yaml").ExitCode);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "result.json")));
        Assert.Contains(expected, result.RootElement.GetProperty("notes").EnumerateArray().Select(n => n.GetString()));
    }

    [Fact]
    public void A_spec_that_names_a_missing_study_cannot_be_judged()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", $"version: 1\nreference: {Gauss}#real\ncandidate: {Gauss}#fake\nsample_sizes: none.json\ngates: {{ fid: {{ max: 100 }} }}\n");
        ToolRun.Answer check = tool.Run("check");
        Assert.Equal(2, check.ExitCode);
        Assert.Contains("qualitygate.yaml(4,15): error QG4080", check.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--study-draws", "1")]
    [InlineData("--study-tolerance", "0")]
    [InlineData("--study-tolerance", "101%")]
    [InlineData("--study-tolerance", "many")]
    [InlineData("--study-seed", "-1")]
    [InlineData("--per-image", "scores.xml")]
    public void A_wrong_option_is_said_at_once(string option, string value)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run([.. Sets, "--sample-size-study", option, value]);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(option, answer.Error, StringComparison.Ordinal);
        Assert.Contains("--help", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_a_study_without_the_study_are_refused()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run([.. Sets, "--save-sample-sizes", "sizes.json"]);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("--save-sample-sizes needs --sample-size-study", answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(tool.Folder, "sizes.json")));
    }

    [Fact]
    public void Images_are_named_in_the_per_image_file()
    {
        using ToolRun tool = new();
        Assert.Equal(0, tool.Run([.. Sets, "--per-image", "out/scores.csv"]).ExitCode);
        string[] lines = File.ReadAllLines(Path.Combine(tool.Folder, "out", "scores.csv"));
        Assert.Equal(1201, lines.Length);
        Assert.StartsWith("set,index,id", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("reference,499,", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_selftest_reproduces_its_golden_numbers()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("selftest");
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Matches(@"\n(\d+) of \1 golden values reproduced\n$", answer.Output);
        using JsonDocument json = JsonDocument.Parse(tool.Run("selftest", "--format", "json").Output);
        Assert.Equal(json.RootElement.GetProperty("total").GetInt32(), json.RootElement.GetProperty("reproduced").GetInt32());
    }
}
