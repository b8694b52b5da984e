using System.Text.Json;

namespace QualityGate.Tests.Tool;

/// <summary>What cannot be judged answers 2, says why and where, and is never a pass.</summary>
public sealed class CannotJudgeTests
{
    private static readonly string Gauss = Path.Combine(AppContext.BaseDirectory, "Data", "vectors", "gauss_500_700_d64.npz");
    private static readonly string Sets = $"version: 1\nreference: {Gauss}#real\ncandidate: {Gauss}#fake\n";

    [Theory]
    [InlineData("gates: { coverage: { min: 0.5 } }", 0)]
    [InlineData("gates: { coverage: { min: 0.7 } }", 0)]
    [InlineData("gates: { coverage: { min: 0.71 } }", 1)]
    [InlineData("gates: { coverage: { min: 0.71, level: warn } }", 0)]
    [InlineData("gates: { fid: { max: 7.4 } }", 1)]
    [InlineData("gates: { fid: { max: .nan } }", 2)]
    [InlineData("gates: { inception_score: { min: 1 } }", 2)]
    [InlineData("gates: { kid: { max: 1 } }", 2)]
    [InlineData("gates: { fid: { max_increase: 5% } }", 2)]
    [InlineData("gates: { covrage: { min: 0.5 } }", 2)]
    [InlineData("gates: {}", 2)]
    [InlineData("metrics: { prdc: { k: 500 } }\ngates: { coverage: { min: 0.1 } }", 2)]
    [InlineData("metrics: { prdc: { k: five } }\ngates: { coverage: { min: 0.1 } }", 2)]
    [InlineData("metrics: { prdc: { neighbours: 5 } }\ngates: { coverage: { min: 0.1 } }", 2)]
    [InlineData("baseline: none.safetensors\ngates: { fid: { max_increase: 5% } }", 2)]
    [InlineData("baseline: none.safetensors\ngates: { fid: { max: 100 } }", 2)]
    public void The_exit_code_is_that_of_the_spec(string rest, int expected)
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", Sets + rest + "\n");
        ToolRun.Answer answer = tool.Run("check");
        Assert.True(answer.ExitCode == expected, $"{answer.ExitCode}\n{answer.Output}\n{answer.Error}");
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "result.json")));
        string verdict = result.RootElement.GetProperty("verdict").GetString()!;
        Assert.Equal(expected switch { 0 => verdict, 1 => "fail", _ => "none" }, verdict);
        if (expected == 2)
        {
            Assert.NotEqual(0, result.RootElement.GetProperty("problems").GetArrayLength());
            Assert.Matches("QG[0-9]{4}", answer.Error);
        }
    }

    [Fact]
    public void An_earlier_pass_does_not_outlive_a_run_that_could_not_be_judged()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", Sets + "gates: { coverage: { min: 0.5 } }\n");
        Assert.Equal(0, tool.Run("check").ExitCode);
        tool.Write("qualitygate.yaml", "version: 1\nreference: [\n");
        Assert.Equal(2, tool.Run("check", "--output", "junit=junit.xml").ExitCode);
        Assert.Contains("errors=\"1\"", File.ReadAllText(Path.Combine(tool.Folder, "junit.xml")), StringComparison.Ordinal);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "result.json")));
        Assert.Equal("none", result.RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public void A_missing_spec_says_how_to_write_one()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("check");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("qualitygate init", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chekc")]
    [InlineData("check", "--formt", "json")]
    [InlineData("check", "--format", "pdf")]
    [InlineData("check", "--output", "report.md")]
    [InlineData("check", "--device", "gpu")]
    [InlineData("check", "--batch", "0")]
    [InlineData("measure", "--reference", "a")]
    public void Wrong_usage_answers_2(params string[] arguments)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run(arguments);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("--help", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_no_set()
    {
        using ToolRun tool = new();
        Directory.CreateDirectory(Path.Combine(tool.Folder, "empty"));
        ToolRun.Answer answer = tool.Run("measure", "-r", "empty", "-c", "empty", "-e", "random-vgg16");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("empty", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Unreadable_images_are_listed_with_their_reasons_or_skipped_on_request()
    {
        using ToolRun tool = new();
        string[] good = [.. Directory.EnumerateFiles(RepositoryFiles.At("samples", "quickstart", "good"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(8)];
        Directory.CreateDirectory(Path.Combine(tool.Folder, "set"));
        for (int i = 0; i < good.Length; i++)
        {
            File.Copy(good[i], Path.Combine(tool.Folder, "set", $"{i}.png"));
        }

        File.WriteAllBytes(Path.Combine(tool.Folder, "set", "cut.png"), File.ReadAllBytes(good[0])[..200]);
        File.WriteAllText(Path.Combine(tool.Folder, "set", "text.jpg"), "not an image");
        string[] measure = ["measure", "-r", "set", "-c", "set", "-e", "random-vgg16", "-m", "fid"];

        ToolRun.Answer strict = tool.Run(measure);
        Assert.Equal(2, strict.ExitCode);
        Assert.Contains("2 of 10 images", strict.Error, StringComparison.Ordinal);
        Assert.Contains("Image 'cut.png' ", strict.Error, StringComparison.Ordinal);
        Assert.Contains("Image 'text.jpg' ", strict.Error, StringComparison.Ordinal);

        ToolRun.Answer lenient = tool.Run([.. measure, "--skip-unreadable", "--format", "json"]);
        Assert.True(lenient.ExitCode == 0, lenient.Error);
        using JsonDocument result = JsonDocument.Parse(lenient.Output);
        Assert.Equal(8, result.RootElement.GetProperty("candidate").GetProperty("count").GetInt32());
        Assert.Equal(2, result.RootElement.GetProperty("candidate").GetProperty("skipped").GetInt32());
    }

    [Fact]
    public void A_file_name_cannot_command_the_terminal()
    {
        using ToolRun tool = new();
        tool.Write(Path.Combine("set", "a\u001b[2Jb\u0007.png"), "no image");
        ToolRun.Answer answer = tool.Run("measure", "-r", "set", "-c", "set", "-e", "random-vgg16");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("a?[2Jb?.png", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', answer.Error);
    }

    [Fact]
    public void Images_without_an_extractor_say_which_to_name()
    {
        using ToolRun tool = new();
        string set = RepositoryFiles.At("samples", "quickstart", "good");
        ToolRun.Answer answer = tool.Run("measure", "-r", set, "-c", set);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("random-vgg16", answer.Error, StringComparison.Ordinal);
    }
}
