using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tests.Specs;

namespace QualityGate.Tests;

public sealed class BudgetRunTests : IDisposable
{
    private static readonly string Sample = RepositoryFiles.At("samples", "quickstart");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_breach_on_a_sample_is_inconclusive_and_says_so_and_a_pass_stays_a_pass()
    {
        RunResult result = Check("blurred", "coverage: { min: 0.99 }\n  fid: { max: 1000 }\n  density: { min: 900, level: warn }", 60);
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal([Verdict.Inconclusive, Verdict.Pass, Verdict.Warn], result.Gates.Select(g => g.Verdict));
        Assert.InRange(result.Reference.Count, 15, 30);
        Assert.EndsWith($"; measured on a sample, {result.Reference.Count} of 240 images of the reference and {result.Candidate.Count} of 240 images of the candidate, since the time budget is 1 min", result.Gates[0].Message, StringComparison.Ordinal);
        Assert.Contains("the time budget is 1 min", result.Gates[0].Message, StringComparison.Ordinal);
        Assert.Equal(240, result.Candidate.SampledFrom);
        Assert.InRange(result.Candidate.Count, 20, 60);
        Assert.Contains(result.Notes, n => n == $"Time budget of 1 min: {result.Candidate.Count} of 240 images of the candidate were measured, a random sample (seed 0).");
        Assert.Contains(result.Notes, n => n == $"Time budget of 1 min: {result.Reference.Count} of 240 images of the reference were measured, a random sample (seed 1).");

        StringWriter console = new();
        new ConsoleReport(new ConsoleStyle(false, 120)).Write(result, console);
        Assert.EndsWith("INCONCLUSIVE: 1 of 3 gates undecided, 1 warned (measured on a sample)\n", console.ToString(), StringComparison.Ordinal);
        Assert.Contains($"a sample of {result.Candidate.Count} of 240 images", console.ToString(), StringComparison.Ordinal);
        StringWriter json = new();
        new JsonReport().Write(result, json);
        Assert.Equal(240, ResultReader.Parse(System.Text.Encoding.UTF8.GetBytes(json.ToString()), "result").Candidate.SampledFrom);
    }

    [Fact]
    public void The_spec_says_what_an_inconclusive_sample_means()
    {
        Assert.Equal(Verdict.Fail, Check("blurred", "coverage: { min: 0.99 }", 60, "on_inconclusive: fail").Verdict);
        Assert.Equal(Verdict.Pass, Check("blurred", "coverage: { min: 0.99 }", 60, "on_inconclusive: pass").Verdict);
    }

    [Fact]
    public void When_everything_is_cached_a_budget_changes_no_bit()
    {
        RunResult whole = Check("repeated", "coverage: { min: 0.99 }", null);
        RunResult limited = Check("repeated", "coverage: { min: 0.99 }", 1);
        Assert.Equal(Verdict.Fail, limited.Verdict);
        Assert.Null(limited.Candidate.SampledFrom);
        Assert.Equal(whole.Candidate, limited.Candidate);
        Assert.Equal(whole.Metrics.Select(m => m.Value.Value), limited.Metrics.Select(m => m.Value.Value));
        Assert.Equal(whole.Notes, limited.Notes);
    }

    [Fact]
    public void Too_few_images_for_a_metric_are_an_error_that_names_the_budget()
    {
        RunResult result = Check("good", "kid: { max: 1 }", 60, "metrics: { kid: { subset_size: 200 } }");
        Assert.Equal(Verdict.None, result.Verdict);
        Problem problem = Assert.Single(result.Problems);
        Assert.Equal(GateErrors.MetricFailed, problem.Code);
        Assert.Contains("the time budget is 1 min", problem.Message, StringComparison.Ordinal);
    }

    // Every file of the other classes is a label without an image in the sample; that is no news.
    [Fact]
    public void Labels_of_the_whole_set_label_a_sample()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Sample, "good"), "*.png", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Path.Combine(Sample, "good"), f)).Order(StringComparer.Ordinal)];
        string table = _folder.Write("labels.csv", "path,label\n" + string.Concat(files.Select((f, i) => $"{f},{i % 2}\n")));
        string array = _folder.Write("labels.npy", Npy([.. files.Select((_, i) => (byte)(i % 2))]));
        RunResult byPath = Check("good", "coverage: { min: 0.1 }", 60, $"labels: {table}", reference: "good");
        RunResult byOrder = Check("good", "coverage: { min: 0.1 }", 1, $"labels: {array}", reference: "good");
        Assert.NotNull(byOrder.Candidate.SampledFrom);
        foreach (RunResult result in new[] { byPath, byOrder })
        {
            Assert.Equal(["0", "1"], result.Classes.Select(c => c.Name));
            Assert.Equal(result.Candidate.Count, result.Classes.Sum(c => c.CandidateCount));
            Assert.DoesNotContain(result.Notes, n => n.Contains("label", StringComparison.Ordinal));
        }

        Assert.Equal(byPath.Candidate.Fingerprint, byOrder.Candidate.Fingerprint);
        Assert.Equal(byPath.Classes.Select(c => c.CandidateCount), byOrder.Classes.Select(c => c.CandidateCount));
    }

    [Fact]
    public void A_sampled_reference_is_compared_with_a_baseline_and_the_report_says_that_it_was_not_checked()
    {
        string baseline = Path.Combine(_folder.Path, "baseline.safetensors");
        GateSpec spec = Spec("good", "fid: { max_increase: 0 }", $"baseline: {baseline}");
        BaselineAcceptance.Accept(spec, Options(1), baseline, null, default);
        Assert.Equal(240, BaselineFile.ReadValues(baseline).Provenance.CandidateCount);

        Directory.Delete(Path.Combine(_folder.Path, "cache"), recursive: true);
        RunResult result = new GateRun(Options(60)).Check(spec, default);
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains(result.Notes, n => n.Contains("not checked to be the one that the baseline was made with", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sample_is_never_accepted_as_the_first_baseline()
    {
        string baseline = Path.Combine(_folder.Path, "baseline.safetensors");
        RunResult result = Check("good", "fid: { max: 1000, max_increase: 5% }", 60, $"baseline: {baseline}\non_missing_baseline: create");
        Assert.False(File.Exists(baseline));
        Assert.Contains(result.Notes, n => n.Contains("only a sample was measured", StringComparison.Ordinal));
    }

    // The clock goes on by a second each time it is read, which is about once an image.
    private GateRunOptions Options(int? seconds) => new()
    {
        Tool = new ToolInfo("qualitygate", "1.0.0"),
        CacheFolder = Path.Combine(_folder.Path, "cache"),
        Workers = 1,
        Budget = seconds is { } known ? TimeSpan.FromSeconds(known) : null,
        Time = new CountingClock(TimeSpan.FromSeconds(1)),
    };

    private RunResult Check(string candidate, string gates, int? seconds, string more = "", string reference = "reference") =>
        new GateRun(Options(seconds)).Check(Spec(candidate, gates, more, reference), default);

    private static byte[] Npy(byte[] values)
    {
        string header = $"{{'descr': '|u1', 'fortran_order': False, 'shape': ({values.Length},), }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. values];
    }

    private GateSpec Spec(string candidate, string gates, string more, string reference = "reference") => SpecReader.Read(
        _folder.Write("qualitygate.yaml", $"""
            version: 1
            reference: {Path.Combine(Sample, reference)}
            candidate: {Path.Combine(Sample, candidate)}
            extractor: random-vgg16
            gates:
              {gates}
            {more}

            """),
        MetricRegistry.Catalogue);
}
