using System.Text.Json;

namespace QualityGate.Tests.Tool;

public sealed class CalibrateTests
{
    private static readonly string Gauss = Path.Combine(AppContext.BaseDirectory, "Data", "vectors", "gauss_500_700_d64.npz");

    private static string Spec(string gates, string candidate = "#fake") =>
        $"version: 1\nreference: {Gauss}#real\ncandidate: {Gauss}{candidate}\nbaseline: baseline.safetensors\non_missing_baseline: absolute-only\ngates: {gates}\n";

    [Fact]
    public void Calibrate_proposes_gates_that_can_be_pasted_into_the_spec()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", Spec("{ fid: { max: 100, max_increase: 0.5 }, coverage: { min: 0.1 } }"));
        ToolRun.Answer answer = tool.Run("calibrate", "--repetitions", "20", "-o", "gates.yaml", "-o", "json=calibration.json", "-o", "markdown=calibration.md");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("CALIBRATED: of 100 runs in which nothing changed, about 0 would fail", answer.Output, StringComparison.Ordinal);

        string proposed = File.ReadAllText(Path.Combine(tool.Folder, "gates.yaml"));
        Assert.Contains("  fid:\n    max: ", proposed, StringComparison.Ordinal);
        Assert.Contains(proposed.TrimEnd('\n'), answer.Output, StringComparison.Ordinal);
        tool.Write("tight.yaml", Spec(string.Empty).Replace("gates: \n", proposed, StringComparison.Ordinal));
        Assert.Equal(0, tool.Run("baseline", "create", "tight.yaml").ExitCode);
        Assert.Equal(0, tool.Run("check", "tight.yaml").ExitCode);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "calibration.json")));
        Assert.Equal("qualitygate.calibration/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("nulls").GetArrayLength());
        Assert.Equal(4, json.RootElement.GetProperty("proposed").GetArrayLength());
        Assert.StartsWith("## QualityGate: CALIBRATED", File.ReadAllText(Path.Combine(tool.Folder, "calibration.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Calibrate_says_what_is_wrong_with_its_options_and_its_sets()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", Spec("{ fid: { max: 100 } }"));
        Assert.All(
            new[] { ("--repetitions", "5"), ("--false-alarms", "60%"), ("--false-alarms", "few"), ("--inconclusive", "0"), ("--output", "csv=x"), ("--seed", "-1") },
            wrong => Assert.Equal(2, tool.Run("calibrate", wrong.Item1, wrong.Item2).ExitCode));
        Assert.Contains("QG4090", Few(tool).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_judges_what_check_wrote_by_another_spec()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", Spec("{ fid: { max: 100 } }"));
        tool.Write("strict.yaml", Spec("{ fid: { max: 1 }, kid: { max: 1 } }"));
        Assert.Equal(0, tool.Run("check", "--result-folder", "runs/1").ExitCode);
        Assert.Equal(0, tool.Run("check", "--result-folder", "runs/2").ExitCode);

        ToolRun.Answer same = tool.Run("replay", "runs");
        Assert.Equal(0, same.ExitCode);
        Assert.Contains("under this spec 0 of 2 past runs would have failed (0 did)", same.Output, StringComparison.Ordinal);
        ToolRun.Answer strict = tool.Run("replay", "strict.yaml", "runs/1/result.json", "runs/2", "--format", "json", "-o", "markdown=replay.md");
        Assert.Equal(0, strict.ExitCode);
        using JsonDocument json = JsonDocument.Parse(strict.Output);
        Assert.Equal("under this spec 2 of 2 past runs would have failed (0 did), 2 not fully measured", json.RootElement.GetProperty("summary").GetString());
        Assert.Contains("fid max: pass -\\> fail", File.ReadAllText(Path.Combine(tool.Folder, "replay.md")), StringComparison.Ordinal);

        tool.Write("garbage.json", "{");
        Assert.Equal(2, tool.Run("replay", "runs/1/result.json", "garbage.json").ExitCode);
        Assert.Contains("QG3001", tool.Run("replay").Error, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("replay", "qualitygate.yaml", "strict.yaml", "runs").ExitCode);
        Assert.Equal(0, tool.Run("baseline", "create").ExitCode);
        Assert.Contains("accepted 20", tool.Run("replay").Output, StringComparison.Ordinal);
    }

    private static ToolRun.Answer Few(ToolRun tool)
    {
        string samples = RepositoryFiles.At("samples", "quickstart", "good");
        string[] images = [.. Directory.EnumerateFiles(samples, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(12)];
        tool.Write("few.txt", string.Join('\n', images) + "\n");
        tool.Write("few.yaml", "version: 1\nreference: few.txt\ncandidate: few.txt\nextractor: random-vgg16\ngates: { fid: { max: 1 } }\n");
        return tool.Run("calibrate", "few.yaml");
    }
}
