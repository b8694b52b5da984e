using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

public sealed class SpecReaderTests
{
    private const string Full = """
        version: 1
        reference: data/real                # what the images should look like
        candidate: out/samples
        extractor: random-vgg16
        baseline: qualitygate/baseline.safetensors
        metrics:
          prdc: { k: 5, convention: inclusive }
          fid:
        gates:
          fid:      { max: 20, max_increase: 5% }
          coverage: { min: 0.80, max_decrease: 0.02 }
          density:  [ { min: 0.70 }, { min: 0.9, level: warn } ]
        confidence: 0.9
        on_inconclusive: fail
        on_unreadable: skip
        """;

    [Fact]
    public void Every_key_is_read()
    {
        GateSpec spec = SpecText.Read(Full);

        Assert.Equal(Path.Combine(SpecText.Folder, "data", "real"), spec.Reference.Value);
        Assert.Equal("data/real", spec.ReferenceText);
        Assert.Equal(Path.Combine(SpecText.Folder, "out", "samples"), spec.Candidate.Value);
        Assert.Equal(Path.Combine(SpecText.Folder, "qualitygate", "baseline.safetensors"), spec.Baseline?.Value);
        Assert.Equal("random-vgg16", spec.Extractor?.Name);
        Assert.Equal((4, 12), (spec.ExtractorLocation?.Line, spec.ExtractorLocation?.Column));
        Assert.Equal(["prdc", "fid"], spec.MetricFamilies.Select(f => f.Value));
        Assert.Equal([("prdc", "k", "5"), ("prdc", "convention", "inclusive")], spec.MetricParameters.Select(p => (p.Family, p.Name, p.Value)));
        Assert.Equal(0.9, spec.Confidence);
        Assert.Equal(OnInconclusive.Fail, spec.OnInconclusive);
        Assert.Equal(OnUnreadable.Skip, spec.OnUnreadable);
    }

    [Fact]
    public void Gates_keep_the_order_and_the_place_they_were_written_at()
    {
        IReadOnlyList<GateLimit> gates = SpecText.Read(Full).Gates;

        Assert.Equal(
            [
                ("fid", GateRule.Max, 20, false, GateLevel.Error),
                ("fid", GateRule.MaxIncrease, 0.05, true, GateLevel.Error),
                ("coverage", GateRule.Min, 0.8, false, GateLevel.Error),
                ("coverage", GateRule.MaxDecrease, 0.02, false, GateLevel.Error),
                ("density", GateRule.Min, 0.7, false, GateLevel.Error),
                ("density", GateRule.Min, 0.9, false, GateLevel.Warn),
            ],
            gates.Select(g => (g.Metric, g.Rule, g.Limit, g.IsRelative, g.Level)));
        Assert.Equal((10, 24), (gates[1].Location!.Line, gates[1].Location!.Column));
    }

    [Fact]
    public void The_shortest_spec_has_the_documented_defaults()
    {
        GateSpec spec = SpecText.Read(SpecText.Start);
        var untouched = new GateSpec
        {
            File = "",
            Reference = default,
            Candidate = default,
            MetricFamilies = [],
            MetricParameters = [],
            Gates = [],
        };

        Assert.Null(spec.Extractor);
        Assert.Null(spec.Baseline);
        Assert.Empty(spec.Gates);
        Assert.Equal(
            (untouched.Confidence, untouched.OnInconclusive, untouched.OnUnreadable),
            (spec.Confidence, spec.OnInconclusive, spec.OnUnreadable));
        Assert.Equal((0.95, OnInconclusive.Warn, OnUnreadable.Error), (spec.Confidence, spec.OnInconclusive, spec.OnUnreadable));
    }

    [Fact]
    public void Families_can_be_a_plain_list() =>
        Assert.Equal(["kid", "prdc"], SpecText.Read(SpecText.Start + "metrics: [kid, prdc]").MetricFamilies.Select(f => f.Value));

    [Theory]
    [InlineData("data/*.png", "data/*.png")]
    [InlineData("../real.zip", "../real.zip")]
    [InlineData("a/features.npz#x/../y", "a/features.npz#x/../y")]
    public void Paths_start_at_the_folder_of_the_spec(string written, string expected)
    {
        GateSpec spec = SpecText.Read($"version: 1\nreference: {written}\ncandidate: b\n");
        string[] parts = expected.Split('#');
        string file = Path.GetFullPath(Path.Combine(SpecText.Folder, parts[0]));
        Assert.Equal(parts.Length == 1 ? file : $"{file}#{parts[1]}", spec.Reference.Value);
    }

    [Fact]
    public void All_mistakes_of_a_file_come_out_at_once()
    {
        UserErrorException error = SpecText.ErrorOfText("""
            version: 2
            refrence: a
            candidate: [b]
            gates:
              covrage: { min: 0.8 }
              fid: { max: twenty, maxx: 3 }
            confidence: 95
            """);

        Snapshots.Match(error.Message + "\n", nameof(All_mistakes_of_a_file_come_out_at_once));
        Assert.Equal(7, error.Problems.Count);
        Assert.Null(error.Location);
    }

    [Fact]
    public void A_single_mistake_has_its_place_beside_the_message()
    {
        UserErrorException error = SpecText.ErrorOf("covrage: 1");
        Assert.Equal("unknown key `covrage`; known: version, reference, candidate, extractor, labels, masks, baseline, on_missing_baseline, sample_sizes, metrics, anomaly, background, gates, waivers, confidence, on_inconclusive, on_unreadable, device", error.Message);
        Assert.Equal(new SourceLocation("qualitygate.yaml", 4, 1), error.Location);
        Assert.Equal(SpecErrors.UnknownKey, error.Code);
        Assert.Single(error.Problems);
    }

    [Theory]
    [InlineData("basline: b", "qualitygate.yaml(4,1): error QG1002: unknown key `basline`; did you mean `baseline`?")]
    [InlineData("gates: { covrage: { min: 1 } }", "qualitygate.yaml(4,10): error QG1009: unknown metric `covrage`; did you mean `coverage`?")]
    [InlineData("gates: { prdc: { min: 1 } }", "qualitygate.yaml(4,10): error QG1009: `prdc` is a family; put the gate on one of its metrics: fid, kid, inception_score, precision, recall, density, coverage")]
    [InlineData("metrics: [coverage]", "qualitygate.yaml(4,11): error QG1009: `coverage` is a metric; under `metrics:` stand families: fid, kid, inception_score, prdc")]
    [InlineData("metrics: { kdi: }", "qualitygate.yaml(4,12): error QG1009: unknown family of metrics `kdi`; did you mean `kid`?")]
    [InlineData("metrics: { prdc: { kk: 5 } }", "qualitygate.yaml(4,20): error QG1009: `prdc` has no parameter `kk`; did you mean `k`?")]
    [InlineData("metrics: { fid: { k: 5 } }", "qualitygate.yaml(4,19): error QG1009: `fid` has no parameter `k`; it has none")]
    [InlineData("metrics: { prdc: { k: [5] } }", "qualitygate.yaml(4,23): error QG1003: `k` must be one value, but is a list")]
    [InlineData("metrics: [fid, fid]", "qualitygate.yaml(4,16): error QG1004: `fid` is listed twice")]
    [InlineData("metrics: fid", "qualitygate.yaml(4,10): error QG1003: `metrics` must be a list of families, or a map of families with their parameters, but is the text `fid`")]
    [InlineData("gates: [fid]", "qualitygate.yaml(4,8): error QG1003: `gates` must be a map of metrics with their limits, but is a list")]
    [InlineData("gates: { fid: 20 }", "qualitygate.yaml(4,15): error QG1003: `fid` must be a map of limits such as { max: 20 }, but is `20`")]
    [InlineData("gates: { fid: { level: warn } }", "qualitygate.yaml(4,15): error QG1010: the gate on `fid` has no limit; add `min`, `max`, `max_increase`, `max_decrease`")]
    [InlineData("gates: { fid: }", "qualitygate.yaml(4,15): error QG1010: the gate on `fid` has no limit; add `min`, `max`, `max_increase`, `max_decrease`")]
    [InlineData("gates: { fid: [] }", "qualitygate.yaml(4,15): error QG1010: the gate on `fid` has no limit; add `min`, `max`, `max_increase`, `max_decrease`")]
    [InlineData("gates: { fid: { min: 2, max: 1 } }", "qualitygate.yaml(4,15): error QG1015: `min` is above `max`: no value of `fid` could pass")]
    [InlineData("gates: { fid: [ { max: 2 }, { max: 1 } ] }", "qualitygate.yaml(4,31): error QG1015: `fid` has this limit twice at the same level; only the stricter one could ever matter")]
    [InlineData("gates: { fid: { max: .nan } }", "qualitygate.yaml(4,22): error QG1006: `max` must be a number, but is `.nan`")]
    [InlineData("gates: { fid: { max: 1e999 } }", "qualitygate.yaml(4,22): error QG1006: `max` must be a number, but is `1e999`")]
    [InlineData("gates: { fid: { max: \"20\" } }", "qualitygate.yaml(4,22): error QG1003: `max` must be a number, but is the text `20`; remove the quotes")]
    [InlineData("gates: { fid: { max: 1,5 } }", "qualitygate.yaml(4,24): error QG1002: unknown key `5`; known: min, max, max_increase, max_decrease, level, per_class, ratchet")]
    [InlineData("gates: { coverage: { min: 80% } }", "qualitygate.yaml(4,27): error QG1003: `min` must be a number, but is the text `80%`; write 0.8")]
    [InlineData("gates: { fid: { max: 1, level: fatal } }", "qualitygate.yaml(4,32): error QG1003: `level` must be one of error, warn, but is the text `fatal`")]
    [InlineData("gates: { fid: { max_increase: 0.5 } }", "qualitygate.yaml(4,17): error QG1011: the change limit on `fid` needs a baseline, and the spec has no `baseline:` key")]
    [InlineData("baseline: b\ngates: { fid: { max_increase: -5% } }", "qualitygate.yaml(5,31): error QG1006: `max_increase` must be a number of at least 0, or a percentage of the baseline such as 5%, but is the text `-5%`")]
    [InlineData("confidence: 95", "qualitygate.yaml(4,13): error QG1006: `confidence` must be a number above 0 and below 1, but is `95`")]
    [InlineData("on_inconclusive: wran", "qualitygate.yaml(4,18): error QG1003: `on_inconclusive` must be one of pass, warn, fail, but is the text `wran`; did you mean `warn`?")]
    [InlineData("on_unreadable: yes", "qualitygate.yaml(4,16): error QG1003: `on_unreadable` must be one of error, skip, but is the text `yes`")]
    [InlineData("baseline: 5", "qualitygate.yaml(4,11): error QG1003: `baseline` must be a path, but is `5`; put it in quotes if it is meant as text")]
    [InlineData("baseline: \"a\\0b\"", "qualitygate.yaml(4,11): error QG1003: `baseline` must be a path, but is the text `a?b` with nothing to read or with control characters")]
    [InlineData("reference: again", "qualitygate.yaml(4,1): error QG1004: `reference` is given twice; first on line 2")]
    [InlineData("extractor: random-vg16", "qualitygate.yaml(4,12): error QG1013: unknown extractor `random-vg16`; did you mean `random-vgg16`?")]
    [InlineData("extractor: no/such.onnx", "qualitygate.yaml(4,12): error QG1007: the model `no/such.onnx` does not exist")]
    [InlineData("extractor: { builtin: random-vgg16, size: 65 }", "qualitygate.yaml(4,43): error QG1006: `size` must be a whole number from 32 to 1024 that 32 divides, but is `65`")]
    public void A_mistake_is_named_with_its_place_and_the_way_out(string rest, string expected) =>
        Assert.Equal(expected, SpecText.ProblemsOf(rest));

    [Theory]
    [InlineData("max_increase: 0.05", 0.05, false)]
    [InlineData("max_increase: 5%", 0.05, true)]
    [InlineData("max_increase: '5 %'", 0.05, true)]
    [InlineData("max_increase: 1e-3", 0.001, false)]
    [InlineData("max_increase: 0x10", 16, false)]
    [InlineData("max_increase: 0", 0, false)]
    public void A_change_limit_is_a_number_or_a_percentage(string written, double limit, bool isRelative)
    {
        GateLimit gate = Assert.Single(SpecText.Read(SpecText.Start + $"baseline: b\ngates: {{ fid: {{ {written} }} }}").Gates);
        Assert.Equal((limit, isRelative), (gate.Limit, gate.IsRelative));
    }

    [Fact]
    public void An_absolute_and_a_relative_limit_can_hold_one_metric_together() =>
        Assert.Equal(2, SpecText.Read(SpecText.Start + "baseline: b\ngates: { fid: [ { max_increase: 5% }, { max_increase: 1 } ] }").Gates.Count);

    [Fact]
    public void Numbers_do_not_depend_on_the_culture_of_the_machine()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        var comma = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        comma.NumberFormat.NegativeSign = "~";
        System.Globalization.CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(-1.5, SpecText.Read(SpecText.Start + "gates: { fid: { max: -1.5 } }").Gates[0].Limit);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
