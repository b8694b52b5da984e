using System.Text.Json;

namespace QualityGate.Tests.Tool;

/// <summary>README's section "Looking closer": its commands, as they stand there.</summary>
public sealed class LookingCloserTests : IDisposable
{
    private static readonly string Sample = RepositoryFiles.At("samples", "quickstart");
    private readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Readmes_commands_run_and_say_what_they_promise()
    {
        string[] commands =
        [
            .. File.ReadAllLines(RepositoryFiles.At("README.md")).SkipWhile(line => line != "## Looking closer")
                .Where(line => line.StartsWith("qualitygate measure", StringComparison.Ordinal)).Take(3),
        ];
        Assert.Equal(3, commands.Length);
        string[] answers = [.. commands.Select(Run)];
        Assert.Contains("out_of_manifold", answers[0], StringComparison.Ordinal);
        Assert.Contains("k=10", answers[0], StringComparison.Ordinal);
        string[] images = File.ReadAllLines(Path.Combine(_tool.Folder, "images.csv"));
        Assert.Equal(481, images.Length);
        Assert.StartsWith("set,index,id,realism,rarity,in_manifold,nearest_reference,nearest_distance", images[0], StringComparison.Ordinal);
        Assert.Contains("Images from which on a metric stays", answers[2], StringComparison.Ordinal);
        using JsonDocument sizes = JsonDocument.Parse(File.ReadAllText(Path.Combine(_tool.Folder, "sizes.json")));
        Assert.Equal("qualitygate.sample-sizes/1", sizes.RootElement.GetProperty("schema").GetString());
    }

    [Fact]
    public void Every_family_can_be_asked_for_by_its_name()
    {
        string[] families = [.. QualityGate.Metrics.MetricRegistry.Families.Select(f => f.Name).Except(["inception_score", "anomaly", "background"])];
        ToolRun.Answer answer = _tool.Run(
            [
                "measure", "-r", Path.Combine(Sample, "reference"), "-c", Path.Combine(Sample, "good"), "-e", "random-vgg16", "--labels", "folders", "--format", "json",
                "--set", "kid.subset_size=100", "--set", "fid_infinity.min_size=100", .. families.SelectMany(f => new[] { "-m", f }),
            ]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        using JsonDocument result = JsonDocument.Parse(answer.Output);
        Assert.All(
            QualityGate.Metrics.MetricRegistry.Families.Where(f => families.Contains(f.Name)).SelectMany(f => f.Metrics),
            metric => Assert.True(result.RootElement.GetProperty("metrics").GetProperty(metric.Name).TryGetProperty("value", out _), metric.Name));
        Assert.Equal(6, result.RootElement.GetProperty("classes").GetArrayLength());
        Assert.Equal(1001, result.RootElement.GetProperty("tables").GetProperty("prd.curve").GetProperty("rows").GetArrayLength());
    }

    private string Run(string command)
    {
        string[] words = command.Split(' ')[1..];
        for (int i = 1; i < words.Length; i++)
        {
            words[i] = words[i - 1] is "-r" or "-c" ? Path.Combine(Sample, words[i]) : words[i];
        }

        ToolRun.Answer answer = _tool.Run(words);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return answer.Output;
    }
}
