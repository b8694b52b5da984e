using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.Baselines;

public sealed class AcceptedClassesTests
{
    private readonly FeatureSet _reference = Sets.Full();

    [Fact]
    public void Values_by_class_come_back_from_the_file()
    {
        using TemporaryFolder folder = new();
        MeasuredClass boot = new("boot", 3, 5, [Samples.Fid with { Value = 1.0 / 3 }, Samples.Coverage with { Value = null, Error = "too few" }]);
        MeasuredClass odd = new("\u00e9 \"|\n", 3, 4, []);
        Baseline accepted = Baseline.Accept([Samples.Fid, Samples.Coverage], _reference, Samples.Candidate(), Samples.Now, null, [boot, odd]);
        BaselineFile.Write(folder.File("b.safetensors"), accepted, _reference);

        Baseline read = BaselineFile.ReadValues(folder.File("b.safetensors"));

        Assert.Equal([("boot", 3, 5), ("\u00e9 \"|\n", 3, 4)], read.Classes.Select(c => (c.Name, c.ReferenceCount, c.CandidateCount)));
        Assert.Equal([KeyValuePair.Create("fid", 1.0 / 3)], read.Classes[0].Values);
        Assert.Empty(read.Classes[1].Values);
        Assert.Empty(BaselineFile.Verify(folder.File("b.safetensors")));
    }

    [Fact]
    public void A_baseline_without_classes_is_written_as_before_and_read()
    {
        string text = BaselineJson.Write(Samples.Accept(_reference));
        Assert.DoesNotContain("classes", text, StringComparison.Ordinal);
        Assert.Empty(BaselineJson.Read(text).Classes);
    }

    [Theory]
    [InlineData("\"classes\":[{\"name\":\"a\",\"reference_count\":1,\"candidate_count\":1,\"values\":{}},{\"name\":\"a\",\"reference_count\":1,\"candidate_count\":1,\"values\":{}}]", "a class is given twice")]
    [InlineData("\"classes\":[{\"name\":\"a\",\"reference_count\":-1,\"candidate_count\":1,\"values\":{}}]", "'reference_count' is negative")]
    [InlineData("\"classes\":[{\"name\":\"a\",\"reference_count\":1,\"candidate_count\":1}]", "'values' is missing")]
    [InlineData("\"classes\":[{\"name\":\"a\",\"reference_count\":1,\"candidate_count\":1,\"values\":{\"fid\":1e999}}]", "a value is not finite")]
    public void Classes_that_are_wrong_are_refused(string classes, string expected)
    {
        string text = BaselineJson.Write(Samples.Accept(_reference));
        Assert.Equal(expected, Assert.Throws<FormatException>(() => BaselineJson.Read("{" + classes + "," + text[1..])).Message);
    }

    [Fact]
    public void This_runs_classes_and_those_of_the_baseline_are_judged_together()
    {
        Baseline accepted = Samples.Accept(_reference) with
        {
            Classes = [new AcceptedClass("a", 2, 2, [new("fid", 4)]), new AcceptedClass("z", 2, 2, [new("fid", 5)])],
        };
        MeasuredClass[] now = [new("a", 2, 2, [Samples.Fid]), new("b", 2, 2, [Samples.Fid])];

        var values = ClassComparison.ValuesOf(now, accepted);

        Assert.Equal([("a", 1, 4.0), ("b", 1, null), ("z", 0, 5.0)], values.Select(v => (v.Name, v.Now.Count, v.Accepted is null ? (double?)null : v.Accepted["fid"])));
        Assert.Equal([("a", 4.0), ("b", null)], ClassComparison.ReportsOf(now, accepted).Select(r => (r.Name, r.Metrics[0].Baseline)));
    }

    [Fact]
    public void A_metric_that_only_classes_have_is_held_to_its_definition_too()
    {
        MetricValue other = Samples.Coverage with { Parameters = [new("k", 3)] };
        MeasuredMetrics metrics = new([other with { Value = null, Error = "no" }], [], []) { Classes = [new MeasuredClass("a", 2, 2, [other])] };
        Assert.Equal(
            BaselineErrors.OtherParameters,
            Assert.Throws<UserErrorException>(() => BaselineCompatibility.Check(Samples.Accept(_reference), null, null, ClassComparison.AllValues(metrics))).Code);
    }

    [Fact]
    public void A_class_of_other_reference_images_is_refused()
    {
        Baseline accepted = Samples.Accept(_reference) with { Classes = [new AcceptedClass("a", 2, 2, []), new AcceptedClass("z", 2, 2, [])] };
        BaselineCompatibility.CheckClasses(accepted, [new("a", 2, 7, []), new("b", 3, 3, [])]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => BaselineCompatibility.CheckClasses(accepted, [new("a", 3, 2, [])]));
        Assert.Equal(BaselineErrors.OtherLabels, error.Code);
        Assert.Equal("The baseline's class 'a' has 2 images of the reference, now it has 3.", error.Message);
    }
}
