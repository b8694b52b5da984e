using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

public sealed class BackgroundSpecTests
{
    private const string Rest = "extractor: random-vgg16\nlabels: folders\nmasks: { source: masks, mode: none }\n";

    [Fact]
    public void An_empty_section_takes_the_defaults()
    {
        BackgroundSpec background = SpecText.Read(SpecText.Start + Rest + "background: {}\n").Background!;
        Assert.Equal(["none", "soft:0.3", "hard", "inverse", "replace:swap:0"], background.AllModes.Select(m => m.ToString()));
        Assert.Equal(("reference", "hard", 0.05, ManyTests.Holm, 5, false), (background.Role, background.Against.ToString(), background.Level, background.Correction, background.Examples, background.LeavesOutAlone));
        Assert.Equal([1, 2, 4, 8], background.Ks);
        Assert.Null(SpecText.Read(SpecText.Start).Background);
    }

    [Fact]
    public void Every_key_is_read()
    {
        BackgroundSpec background = SpecText.Read(SpecText.Start + Rest
            + "background: { set: candidate, modes: [inverse, 'soft:0.5'], against: 'replace:#000000', ks: [16, 4], level: 0.01, correction: benjamini-hochberg, alone: excluded, examples: 0, extractors: random-vgg16 }\n").Background!;
        Assert.Equal(["none", "inverse", "soft:0.5", "replace:#000000"], background.AllModes.Select(m => m.ToString()));
        Assert.Equal([1, 4, 16], background.Ks);
        Assert.Equal(("candidate", 0.01, ManyTests.BenjaminiHochberg, 0, true), (background.Role, background.Level, background.Correction, background.Examples, background.LeavesOutAlone));
        Assert.Equal("random-vgg16", Assert.Single(background.Extractors).Value.Name);
    }

    [Fact]
    public void The_documented_example_and_the_sample_are_read()
    {
        string example = Assert.Single(Documentation.Blocks("docs/background.md", "yaml"), b => b.Contains("version: 1", StringComparison.Ordinal));
        GateSpec spec = SpecReader.Parse(example, Path.Combine(SpecText.Folder, "qualitygate.yaml"), MetricRegistry.Catalogue);
        Assert.Equal([("background_gap", GateRule.Min), ("background_gap", GateRule.Max), ("biased_classes", GateRule.Max)], spec.Gates.Select(g => (g.Metric, g.Rule)));
        Assert.NotNull(SpecReader.Read(RepositoryFiles.At("samples", "background", "qualitygate.yaml"), MetricRegistry.Catalogue).Background);
    }

    [Theory]
    [InlineData("background: on", "qualitygate.yaml(7,13): error QG1003: `background` must be a map, but is the text `on`")]
    [InlineData("background: { modes: [hard, hardest] }", "qualitygate.yaml(7,29): error QG1003: `modes` must be none, hard, soft:S with S between 0 and 1, inverse, replace:#RRGGBB, replace:swap or replace:swap:SEED, but is the text `hardest`")]
    [InlineData("background: { modes: {} }", "qualitygate.yaml(7,22): error QG1003: `modes` must be a list of mask modes, but is a map")]
    [InlineData("background: { against: none }", "qualitygate.yaml(7,24): error QG1006: `against` must change the background, but is `none`")]
    [InlineData("background: { ks: [0] }", "qualitygate.yaml(7,20): error QG1006: `ks` must be a whole number from 1 to 10000, but is `0`")]
    [InlineData("background: { sett: candidate }", "qualitygate.yaml(7,15): error QG1002: unknown key `sett`; did you mean `set`?")]
    [InlineData("background: { extractors: [nowhere.onnx] }", "qualitygate.yaml(7,28): error QG1007: the model `nowhere.onnx` does not exist")]
    public void A_mistake_is_named_with_its_place(string text, string expected) => Assert.Equal(expected, SpecText.ProblemsOf(Rest + text));

    [Theory]
    [InlineData("fid/hard", true)]
    [InlineData("coverage/soft:0.3", true)]
    [InlineData("kid/replace:swap", true)]
    [InlineData("fid/none", true)]
    [InlineData("fid/harder", false)]
    [InlineData("fid/", false)]
    [InlineData("prdc/hard", false)]
    [InlineData("recall_at_1/hard", false)]
    [InlineData("biased_classes/hard", false)]
    [InlineData("anomaly_rate/hard", false)]
    public void Metrics_between_two_sets_can_be_held_in_a_mode(string name, bool expected)
    {
        Assert.Equal(expected, MetricRegistry.Catalogue.IsMetric(name));
        string text = SpecText.Start + Rest + $"gates:\n  {name}: {{ max: 1 }}\n";
        if (expected)
            Assert.Equal(name, Assert.Single(SpecReader.Parse(text, "qualitygate.yaml", MetricRegistry.Catalogue).Gates).Metric);
        else
            Assert.Contains("unknown metric", Assert.Throws<UserErrorException>(() => SpecReader.Parse(text, "qualitygate.yaml", MetricRegistry.Catalogue)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_in_a_mode_needs_masks_of_both_sets()
    {
        string text = SpecText.Start + "extractor: random-vgg16\nmasks: { reference: masks }\ngates:\n  fid/hard: { max: 1 }\n";
        UserErrorException error = Assert.Throws<UserErrorException>(() => SpecReader.Parse(text, "qualitygate.yaml", MetricRegistry.Catalogue));
        Assert.Equal("qualitygate.yaml(7,15): error QG1005: the gate on `fid/hard` needs images and masks of both sets, and `masks:` does not name those of both sets", Assert.Single(error.Problems).ToString());
    }

    [Theory]
    [InlineData("labels: folders\n", "QG1018")]
    [InlineData("masks: { source: masks, mode: none }\n", "QG1005")]
    [InlineData("extractor: random-vgg16\n", "QG1005")]
    public void An_audit_without_labels_masks_or_an_extractor_is_a_mistake_of_the_spec(string lacking, string code)
    {
        string text = Rest.Replace(lacking, "", StringComparison.Ordinal) + "background: {}";
        Assert.Contains($"qualitygate.yaml(6,1): error {code}: `background:` needs", SpecText.ProblemsOf(text), StringComparison.Ordinal);
    }
}
