using System.Text.Json;
using QualityGate.Features.Extraction;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Backgrounds;

public sealed class BackgroundCheckTests : IDisposable
{
    private readonly BackgroundFolderFixture _files = new();

    [Fact]
    public void Gates_on_the_gap_and_on_biased_classes_fail_the_check()
    {
        _files.WriteSets("free", "loose", "told");
        _files.WriteSpec(gates: "  background_gap: { min: -0.5, max: 0.05 }\n  biased_classes: { max: 0 }\n");
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.True(answer.ExitCode == 1, answer.Output + answer.Error);
        Assert.Contains("biased_classes is 1, above the limit 0 (max)", answer.Output, StringComparison.Ordinal);
        JsonElement metrics = Result().GetProperty("metrics");
        Assert.True(metrics.GetProperty("background_gap").GetProperty("standard_error").GetDouble() > 0);
        Assert.Equal("hard", metrics.GetProperty("biased_classes").GetProperty("parameters").GetProperty("against").GetString());
        Assert.True(File.Exists(Path.Combine(_files.Results, "examples.png")));
    }

    [Fact]
    public void Limits_that_hold_pass_and_a_baseline_bounds_the_change()
    {
        _files.WriteSets("free", "told");
        _files.WriteSpec(gates: "  background_gap: { max: 1, max_increase: 0.01 }\n", rest: "baseline: base.safetensors\n");
        Assert.Equal(0, _files.Tool.Run("baseline", "create").ExitCode);
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);

        // Numbers of other settings are other metrics.
        _files.WriteSpec("background: { against: 'soft:0.1' }", "  background_gap: { max_increase: 0.01 }\n", "baseline: base.safetensors\n");
        answer = _files.Tool.Run("check");
        Assert.Equal(2, answer.ExitCode);
    }

    [Fact]
    public void Metrics_of_objects_and_of_backgrounds_are_held_apart()
    {
        _files.WriteSets("free", "told");
        _files.WriteSpec("", "  fid: { max: 1000 }\n  fid/hard: { max: 1000, max_increase: 0.01 }\n  coverage/inverse: { max: 0 }\n  fid/none: { max: 1000 }\n", "baseline: base.safetensors\n");
        ToolRun.Answer accepted = _files.Tool.Run("baseline", "create");
        Assert.True(accepted.ExitCode == 0, accepted.Error);
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.True(answer.ExitCode == 1, answer.Output + answer.Error);
        Assert.Contains("above the limit 0 (max)", answer.Output, StringComparison.Ordinal);
        JsonElement metrics = Result().GetProperty("metrics");
        Assert.Equal(metrics.GetProperty("fid").GetProperty("value").GetDouble(), metrics.GetProperty("fid/none").GetProperty("value").GetDouble());
        Assert.NotEqual(metrics.GetProperty("fid").GetProperty("value").GetDouble(), metrics.GetProperty("fid/hard").GetProperty("value").GetDouble());
        Assert.Contains("fid/hard", _files.Tool.Run("report", "qualitygate-out/result.json", "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_without_an_audit_cannot_be_judged()
    {
        _files.WriteSets("free", "told");
        _files.WriteSpec(background: "");
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("the audit of backgrounds needs the `background:` section of a spec", answer.Error + answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_audits_the_reference_by_its_masks_and_labels()
    {
        _files.WriteSets("free", "told");
        ToolRun.Answer answer = _files.Tool.Run(
            "measure", "-r", "real", "-c", "made", "-e", "random-vgg16", "-m", "background", "--labels", "folders", "--reference-masks", "masks/real", "--candidate-masks", "masks/made", "--format", "json");
        Assert.True(answer.ExitCode == 0, answer.Error);
        JsonElement metrics = JsonDocument.Parse(answer.Output).RootElement.GetProperty("metrics");
        Assert.True(metrics.GetProperty("background_flips").GetProperty("value").GetDouble() > 0);
    }

    [Fact]
    public void A_check_that_is_cancelled_halfway_writes_nothing_and_keeps_what_was_computed()
    {
        _files.WriteSets("free", "told");
        _files.WriteSpec();
        GateSpec spec = SpecReader.Read(Path.Combine(_files.Tool.Folder, "qualitygate.yaml"), MetricRegistry.Catalogue);
        using CancellationTokenSource source = new();
        StageProgress stopping = new(stage => { if (stage.StartsWith("background inverse", StringComparison.Ordinal)) source.Cancel(); });
        GateRunOptions options = new() { Tool = new ToolInfo("test", "1"), CacheFolder = Path.Combine(_files.Tool.Folder, "cache"), BackgroundFolder = _files.Results, Progress = stopping };
        Assert.ThrowsAny<OperationCanceledException>(() => new GateRun(options).Check(spec, source.Token));
        Assert.False(Directory.Exists(_files.Results));

        StageProgress counting = new(_ => { });
        RunResult result = new GateRun(options with { Progress = counting }).Check(spec, CancellationToken.None);
        Assert.True(File.Exists(Path.Combine(_files.Results, "background.json")));
        Assert.Equal(1, result.Metrics.Count(m => m.Value.Name == "background_gap" && m.Value.Value is not null));
        Assert.Equal(["background inverse: reference", "background replace:swap:0: reference"], counting.Computed.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _files.Dispose();

    private JsonElement Result() => JsonDocument.Parse(File.ReadAllText(Path.Combine(_files.Tool.Folder, "qualitygate-out", "result.json"))).RootElement;

    /// <summary>Hears of stages, and which of them computed anything.</summary>
    private sealed class StageProgress(Action<string> started) : IExtractionProgress
    {
        private string _stage = string.Empty;

        public HashSet<string> Computed { get; } = [];

        public void Start(string stage, int total)
        {
            _stage = stage;
            started(stage);
        }

        public void Advance(int images, int computed)
        {
            lock (Computed)
            {
                if (computed > 0) Computed.Add(_stage);
            }
        }

        public void Finish()
        {
        }
    }
}
