using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

public sealed class LabelSpecTests
{
    private static readonly string Csv = Path.Combine(SpecText.Folder, "data", "labels.csv");
    private static readonly string Array = Path.Combine(SpecText.Folder, "out", "x.npz#y.z");

    [Fact]
    public void One_source_serves_both_sets()
    {
        GateSpec spec = SpecText.Read(SpecText.Start + "labels: data/labels.csv\n");
        Assert.Equal((Csv, Csv), (spec.ReferenceLabels?.Value, spec.CandidateLabels?.Value));
        Assert.Equal((4, 9), (spec.CandidateLabels?.Location?.Line, spec.CandidateLabels?.Location?.Column));
    }

    [Fact]
    public void The_word_folders_is_no_path()
    {
        GateSpec spec = SpecText.Read(SpecText.Start + "labels: { reference: folders, candidate: ./folders }\n");
        Assert.Equal(("folders", Path.Combine(SpecText.Folder, "folders")), (spec.ReferenceLabels?.Value, spec.CandidateLabels?.Value));
    }

    [Fact]
    public void A_map_names_a_source_for_each_set()
    {
        GateSpec spec = SpecText.Read(SpecText.Start + "labels:\n  candidate: out/x.npz#y.z\n");
        Assert.Equal((null, Array), (spec.ReferenceLabels?.Value, spec.CandidateLabels?.Value));
        Assert.Null(SpecText.Read(SpecText.Start + "labels:\n").CandidateLabels);
    }

    [Theory]
    [InlineData("labels: 5", "qualitygate.yaml(4,9): error QG1003: `labels` must be `folders`, a path, or a map with `reference` and `candidate`, but is `5`; put it in quotes if it is meant as text")]
    [InlineData("labels: [folders]", "qualitygate.yaml(4,9): error QG1003: `labels` must be `folders`, a path, or a map with `reference` and `candidate`, but is a list")]
    [InlineData("labels: {}", "qualitygate.yaml(4,9): error QG1003: `labels` must be `folders`, a path, or a map with `reference` and `candidate`, but is a map")]
    [InlineData("labels: { candidat: folders }", "qualitygate.yaml(4,11): error QG1002: unknown key `candidat`; did you mean `candidate`?")]
    [InlineData("labels: { reference: [] }", "qualitygate.yaml(4,22): error QG1003: `reference` must be `folders`, or a path to a CSV file or an array, but is a list")]
    [InlineData("labels: folders\ngates: { fid: { max: 1, per_class: wurst } }", "qualitygate.yaml(5,36): error QG1003: `per_class` must be one of worst, each, but is the text `wurst`; did you mean `worst`?")]
    [InlineData("labels: folders\ngates: { fid: { per_class: worst } }", "qualitygate.yaml(5,15): error QG1010: the gate on `fid` has no limit; add `min`, `max`, `max_increase`, `max_decrease`")]
    [InlineData("gates: { fid: { max: 1, per_class: each } }", "qualitygate.yaml(4,17): error QG1018: the gate per class on `fid` needs labels of both sets, and the spec has no `labels:` key")]
    [InlineData("labels: { candidate: folders }\ngates: { fid: { max: 1, per_class: each } }", "qualitygate.yaml(5,17): error QG1018: the gate per class on `fid` needs labels of both sets, and `labels:` names none for the reference")]
    [InlineData("labels: folders\ngates: { fid: [ { max: 1, per_class: each }, { max: 2, per_class: each } ] }", "qualitygate.yaml(5,48): error QG1015: `fid` has this limit twice at the same level; only the stricter one could ever matter")]
    public void A_mistake_is_named_with_its_place(string rest, string expected) => Assert.Equal(expected, SpecText.ProblemsOf(rest));

    [Fact]
    public void Gates_on_the_whole_the_worst_and_each_class_stand_side_by_side()
    {
        GateSpec spec = SpecText.Read(
            SpecText.Start + "labels: folders\ngates:\n  coverage: [ { min: 0.8 }, { min: 0.6, per_class: worst }, { min: 0.6, max: 2, per_class: each, level: warn } ]\n");
        Assert.Equal(
            [(0.8, GateScope.Whole), (0.6, GateScope.WorstClass), (0.6, GateScope.EachClass), (2.0, GateScope.EachClass)],
            spec.Gates.Select(g => (g.Limit, g.Scope)));
    }
}
