using System.Text.Json;

namespace QualityGate.Tests.Tool;

public sealed class QuickstartTests
{
    private static readonly string Sample = RepositoryFiles.At("samples", "quickstart");

    [Fact]
    public void The_good_candidate_passes()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("check", Path.Combine(Sample, "qualitygate.yaml"));
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.StartsWith("PASS", answer.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class-missing.yaml", "coverage")]
    [InlineData("class-missing.yaml", "recall")]
    [InlineData("blurred.yaml", "precision")]
    [InlineData("blurred.yaml", "density")]
    [InlineData("repeated.yaml", "coverage")]
    [InlineData("repeated.yaml", "recall")]
    public void Each_bad_candidate_fails_by_the_metric_that_should_see_it(string spec, string metric)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("check", Path.Combine(Sample, spec), "--format", "json");
        Assert.Equal(1, answer.ExitCode);
        using JsonDocument result = JsonDocument.Parse(answer.Output);
        Assert.Equal("fail", result.RootElement.GetProperty("verdict").GetString());
        string[] failed =
        [
            .. result.RootElement.GetProperty("gates").EnumerateArray()
                .Where(g => g.GetProperty("verdict").GetString() == "fail").Select(g => g.GetProperty("metric").GetString()!),
        ];
        Assert.Contains(metric, failed);
    }

    [Fact]
    public void The_same_run_gives_the_same_numbers_whatever_batch_and_threads()
    {
        List<string> results = [];
        foreach ((string batch, string threads) in new[] { ("1", "1"), ("3", "2"), ("32", "4") })
        {
            using ToolRun tool = new();
            ToolRun.Answer answer = tool.Run(
                "check", Path.Combine(Sample, "qualitygate.yaml"), "--format", "json", "--batch", batch, "--threads", threads);
            using JsonDocument result = JsonDocument.Parse(answer.Output);
            results.Add(result.RootElement.GetProperty("metrics").GetRawText());
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void A_second_run_computes_nothing_and_answers_the_same()
    {
        using ToolRun tool = new();
        string spec = Path.Combine(Sample, "qualitygate.yaml");
        ToolRun.Answer first = tool.Run("check", spec, "--format", "json"), second = tool.Run("check", spec, "--format", "json");
        Assert.Contains("computed", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("computed", second.Error, StringComparison.Ordinal);
        using JsonDocument one = JsonDocument.Parse(first.Output), two = JsonDocument.Parse(second.Output);
        Assert.Equal(one.RootElement.GetProperty("metrics").GetRawText(), two.RootElement.GetProperty("metrics").GetRawText());
    }

    [Fact]
    public void A_killed_run_leaves_nothing_corrupt_and_what_it_finished_is_not_computed_twice()
    {
        using ToolRun tool = new();
        string[] extract = ["features", "extract", AllImages(tool), "--extractor", "random-vgg16", "--batch", "2"];
        ToolRun.Answer whole = tool.Run([.. extract, "--output", "whole.safetensors", "--cache", "first"]);
        Assert.True(whole.ExitCode == 0, whole.Error);

        string cache = Path.Combine(tool.Folder, "second");
        using (System.Diagnostics.Process process = tool.Start([.. extract, "--output", "killed.safetensors", "--cache", cache]))
        {
            while (!process.HasExited && Size(cache) < 20_000)
            {
                Thread.Sleep(5);
            }

            process.Kill();
            process.WaitForExit();
        }

        Assert.False(File.Exists(Path.Combine(tool.Folder, "killed.safetensors")));
        ToolRun.Answer resumed = tool.Run([.. extract, "--output", "resumed.safetensors", "--cache", cache]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.InRange(Computed(resumed), 1, Computed(whole) - 60);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(tool.Folder, "whole.safetensors")), File.ReadAllBytes(Path.Combine(tool.Folder, "resumed.safetensors")));
    }

    [Fact]
    public void Two_runs_at_once_share_a_cache_and_give_the_same()
    {
        using ToolRun tool = new();
        string[] check = ["check", Path.Combine(Sample, "qualitygate.yaml"), "--format", "json", "--cache", "shared", "--batch", "2"];
        Task<ToolRun.Answer>[] runs =
        [
            .. new[] { "one", "two", "three" }.Select(name => Task.Run(() => tool.Run([.. check, "--result-folder", name]))),
        ];
        string[] metrics =
        [
            .. runs.Select(run =>
            {
                Assert.True(run.Result.ExitCode == 0, run.Result.Error);
                using JsonDocument result = JsonDocument.Parse(run.Result.Output);
                return result.RootElement.GetProperty("metrics").GetRawText();
            }),
        ];
        Assert.Single(metrics.Distinct());
        Assert.DoesNotContain("computed", tool.Run(check).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_answers_130_and_keeps_what_it_finished()
    {
        using ToolRun tool = new();
        string cache = Path.Combine(tool.Folder, "interrupted");
        string[] extract = ["features", "extract", AllImages(tool), "-e", "random-vgg16", "--batch", "2", "--threads", "1", "-o", "x.safetensors", "--cache", cache];
        using System.Diagnostics.Process process = tool.Start(extract);
        while (!process.HasExited && Size(cache) < 20_000)
        {
            Thread.Sleep(5);
        }

        using (System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("cancelled", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(tool.Folder, "x.safetensors")));
        ToolRun.Answer resumed = tool.Run(extract);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.InRange(Computed(resumed), 1, 900);
    }

    // Enough work that a run can be stopped in its middle: 960 different images.
    private static string AllImages(ToolRun tool)
    {
        IEnumerable<string> images = new[] { "reference", "good", "class-missing", "blurred" }
            .SelectMany(set => Directory.EnumerateFiles(Path.Combine(Sample, set), "*.png", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);
        return tool.Write("all.txt", string.Join('\n', images));
    }

    private static int Computed(ToolRun.Answer answer)
    {
        System.Text.RegularExpressions.Match match = System.Text.RegularExpressions.Regex.Match(answer.Error, @", (\d+) computed");
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    private static long Size(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Exists ? f.Length : 0)
        : 0;
}
