using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Tests.Reports;

/// <summary>Finished runs for the reports to show.</summary>
internal static class ExampleRuns
{
    /// <summary>Two failures, a warning, two passes; everything that a result may hold.</summary>
    public static RunResult Failed()
    {
        MetricReport[] metrics =
        [
            Metric("fid", 7.9, MetricDirection.Lower, "torch-fidelity", 7.1),
            Metric("coverage", 0.71, MetricDirection.Higher, "prdc", 0.86, new("k", 5), new("convention", "prdc")),
            Metric("density", 0.83, MetricDirection.Higher, "prdc", null, KeyValuePair.Create("k", (object)5)),
            Metric("kid", 0.00012345, MetricDirection.Lower, "torch-fidelity", 0.0001, new("subset_size", 1000), new("degree", 0.5)),
            new MetricReport(Metric("fid_infinity", 0, MetricDirection.Lower, "fid-infinity", null).Value with { Value = null, Error = "needs 5000 images, found 480" }, null),
        ];
        GateLimit[] limits =
        [
            new("fid", GateRule.Max, 20, false, GateLevel.Error, Place(10, 15)),
            new("fid", GateRule.MaxIncrease, 0.05, true, GateLevel.Error, Place(10, 24)),
            new("coverage", GateRule.Min, 0.8, false, GateLevel.Error, Place(11, 15)),
            new("density", GateRule.Min, 0.9, false, GateLevel.Warn, null),
            new("coverage", GateRule.MaxDecrease, 0.5, false, GateLevel.Error, Place(11, 26)),
            new("coverage", GateRule.Min, 0.5, false, GateLevel.Error, Place(12, 7)) { Scope = GateScope.WorstClass },
        ];
        ClassReport[] classes = [Class("disc", 0.84, 0.86), Class("ring", 0.58, null)];
        IReadOnlyList<GateResult> gates = GateJudge.Judge(
            limits,
            metrics.ToDictionary(m => m.Value.Name, m => m.Value),
            metrics.Where(m => m.Baseline is not null).ToDictionary(m => m.Value.Name, m => m.Baseline!.Value),
            [.. classes.Select(c => new ClassValues(c.Name, c.Metrics.ToDictionary(m => m.Value.Name, m => m.Value), null))],
            noise: new Dictionary<string, ChangeNoise> { ["fid"] = new ChangeNoise { StandardError = 0.1, SharedImages = 300, Images = 480, Lasting = 0.004 } });
        return new RunResult
        {
            SpecFile = "qualitygate.yaml",
            Tool = new ToolInfo("qualitygate", "0.1.0"),
            Verdict = GateJudge.Overall(gates, OnInconclusive.Warn),
            Reference = new SetInfo("data/real", 500, "sha256:" + new string('a', 64), 0),
            Candidate = new SetInfo("out/samples", 480, "sha256:" + new string('b', 64), 2),
            Extractor = new ExtractorInfo("random-vgg16", "sha256:" + new string('c', 64)),
            Baseline = new BaselineInfo(
                "qualitygate/baseline.safetensors", new DateTimeOffset(2026, 1, 31, 13, 30, 0, TimeSpan.FromHours(1)), "0123456789abcdef", 512, "base branch", BaselineFeatures.Verified, 12),
            BaselineLookup = ["given path qualitygate/baseline.safetensors: not there", "base branch store/main/baseline.safetensors: used, it is the file that the lock names"],
            History = [Accepted(1, "00ff00ff00ff", 7.5, 0.8), Accepted(15, null, 7.3, 0.82), Accepted(31, "0123456789abcdef", 7.1, 0.86)],
            Metrics = metrics,
            Classes = classes,
            Tables =
            [
                new MetricTable("authenticity.copies", ["distance", "images"], [[0.25, 3], [0.5, null]])
                {
                    RowNames = ["nearest", "second"], IsShown = true, Caption = "How near copies are.",
                },
                new MetricTable("prd.curve", ["recall", "precision"], [[0, 1], [0.5, 0.75]]) { Caption = "Precision by recall." },
            ],
            Gates = gates,
            Notes = ["2 images could not be read and were left out."],
            Timings = [new("features", 12.345678), new("metrics", 0.5)],
        };
    }

    private static BaselineHistoryEntry Accepted(int day, string? commit, double fid, double coverage) =>
        new(new DateTimeOffset(2026, 1, day, 12, 30, 0, TimeSpan.Zero), commit, [new("fid", fid), new("coverage", coverage)]) { Errors = [new("fid", 0.2)] };

    /// <summary>One gate, passed; nothing optional.</summary>
    public static RunResult Passed()
    {
        MetricReport coverage = Metric("coverage", 0.9, MetricDirection.Higher, "prdc", null);
        GateLimit limit = new("coverage", GateRule.Min, 0.8, false, GateLevel.Error, null);
        return Measured() with
        {
            Verdict = Verdict.Pass,
            Metrics = [coverage],
            Gates = GateJudge.Judge([limit], new Dictionary<string, MetricValue> { ["coverage"] = coverage.Value }, null),
        };
    }

    /// <summary>Numbers without gates.</summary>
    public static RunResult Measured() => new()
    {
        Tool = new ToolInfo("qualitygate", "0.1.0"),
        Verdict = Verdict.None,
        Reference = new SetInfo("real.npz#feats", 1, "sha256:00", 0),
        Candidate = new SetInfo("fake.npy", 10, "sha256:11", 0),
        Metrics = [Metric("fid", 123456.789, MetricDirection.Lower, "pytorch-fid", null)],
        Gates = [],
    };

    /// <summary>Nothing but problems, two of them of one kind.</summary>
    public static RunResult Unmeasured() => RunResult.Unmeasured(
        new ToolInfo("qualitygate", "0.1.0"),
        "qualitygate.yaml",
        [
            new(SpecErrors.UnknownKey, "unknown key `gatez`", Place(4, 1)),
            new(SpecErrors.UnknownKey, "unknown key `metrix`", Place(9, 1)),
            new(BaselineErrors.Missing, "There is no baseline.", null),
        ]);

    /// <summary>One gate inside the noise.</summary>
    public static RunResult Inconclusive(Verdict overall) =>
        Passed() with { Verdict = overall, Gates = [Passed().Gates[0] with { Verdict = Verdict.Inconclusive, Change = new GateChange(0.02, 0.1, new MetricInterval(-0.18, 0.22), 0.95) { MoreImages = 1234 } }] };

    /// <summary>Every text that comes from outside holds <paramref name="text"/>.</summary>
    public static RunResult Holding(string text)
    {
        RunResult run = Failed();
        return run with
        {
            SpecFile = text,
            Tool = new ToolInfo(text, text),
            Reference = run.Reference with { Source = text, Fingerprint = text },
            Candidate = run.Candidate with { Source = text, Fingerprint = text },
            Extractor = new ExtractorInfo(text, text),
            Baseline = run.Baseline! with { Path = text, Commit = text },
            History = [.. run.History.Select(h => h with { Commit = text, Values = [new(text, 1.5)] })],
            Metrics = [.. run.Metrics.Select((m, i) => m with
            {
                Value = m.Value with { Name = text + i, Convention = text, Error = m.Value.Error is null ? null : text, Parameters = [new(text, text)] },
            })],
            Classes = [.. run.Classes.Select((c, i) => c with { Name = text + i, Metrics = [c.Metrics[0] with { Value = c.Metrics[0].Value with { Name = text } }, .. c.Metrics.Skip(1)] })],
            Tables = [.. run.Tables.Select((t, i) => t with { Name = text + i, Caption = text, Columns = [text, text], RowNames = [text, text] })],
            Gates = [.. run.Gates.Select(g => g with
            {
                Class = g.Class is null ? null : text,
                Message = text,
                Limit = g.Limit with { Metric = text, Location = new SourceLocation(text, 1, 1) },
            })],
            Notes = [text],
            Timings = [new(text, 1)],
        };
    }

    private static ClassReport Class(string name, double coverage, double? accepted)
    {
        MetricReport measured = Metric("coverage", coverage, MetricDirection.Higher, "prdc", accepted, KeyValuePair.Create("k", (object)5));
        MetricReport failed = Metric("fid", 0, MetricDirection.Lower, "torch-fidelity", null);
        return new ClassReport(name, 80, 79, [failed with { Value = failed.Value with { Value = null, Error = "needs 2 images" } }, measured]);
    }

    private static SourceLocation Place(int line, int column) => new("qualitygate.yaml", line, column);

    private static MetricReport Metric(
        string name, double value, MetricDirection direction, string convention, double? baseline, params KeyValuePair<string, object>[] parameters) =>
        new(
            new MetricValue
            {
                Name = name,
                Value = value,
                Direction = direction,
                Convention = convention,
                StandardError = name == "fid" && baseline is not null ? 0.31 : null,
                Interval = name == "fid" && baseline is not null ? new MetricInterval(7.29, 8.51) : null,
                Parameters = parameters,
            },
            baseline);
}
