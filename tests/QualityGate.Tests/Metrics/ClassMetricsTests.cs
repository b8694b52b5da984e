using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class ClassMetricsTests
{
    private static readonly FeatureSet Reference = Labelled(GoldenSets.Reference, i => i % 3 == 0 ? "b" : "a");
    private static readonly FeatureSet Candidate = Labelled(GoldenSets.Candidate, i => i < 20 ? "a" : "b");

    [Theory]
    [InlineData("fid")]
    [InlineData("prdc")]
    [InlineData("realism")]
    public void A_class_has_the_values_of_its_rows_alone(string family)
    {
        IReadOnlyList<MeasuredClass> classes = Compute(Reference, Candidate, family);

        Assert.Equal([("a", 42, 20), ("b", 22, 28)], classes.Select(c => (c.Name, c.ReferenceCount, c.CandidateCount)));
        foreach (MeasuredClass measured in classes)
        {
            Dictionary<string, MetricValue> alone = MetricRun.Of(family, Copied(Reference, measured.Name), Copied(Candidate, measured.Name));
            Assert.Equal(alone.Values.Select(v => (v.Name, v.Value)), measured.Values.Select(v => (v.Name, v.Value)));
            Assert.All(measured.Values, v => Assert.NotNull(v.Value));
        }
    }

    [Fact]
    public void Classes_stand_in_ordinal_order_whatever_order_the_images_have()
    {
        FeatureSet mixed = Labelled(GoldenSets.Reference, i => new[] { "b", "a", "B", "\u00e4", "10", "9" }[i % 6]);
        Assert.Equal(["10", "9", "B", "a", "b", "\u00e4"], Compute(mixed, mixed, "fid").Select(c => c.Name));
    }

    [Fact]
    public void A_class_of_one_set_only_has_errors_that_say_so()
    {
        FeatureSet candidate = Labelled(GoldenSets.Candidate, i => i < 20 ? "a" : "c");
        IReadOnlyList<MeasuredClass> classes = Compute(Reference, candidate, "prdc");

        Assert.Equal(["a", "b", "c"], classes.Select(c => c.Name));
        Assert.Equal(["precision", "recall", "density", "coverage"], classes[1].Values.Select(v => v.Name));
        Assert.All(classes[1].Values, v => Assert.Equal((null, "the candidate (test) has no image of this class"), (v.Value, v.Error)));
        Assert.All(classes[2].Values, v => Assert.Equal((null, "the reference (test) has no image of this class"), (v.Value, v.Error)));
    }

    [Fact]
    public void A_class_that_is_too_small_has_an_error_and_the_others_have_values()
    {
        FeatureSet candidate = Labelled(GoldenSets.Candidate, i => i < 4 ? "b" : "a");
        IReadOnlyList<MeasuredClass> classes = Compute(Reference, candidate, "prdc");
        Assert.All(classes[0].Values, v => Assert.NotNull(v.Value));
        Assert.All(classes[1].Values, v => Assert.Contains("the candidate has 4", v.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_metric_of_the_candidate_alone_sees_the_candidates_of_the_class()
    {
        FeatureSet candidate = GoldenSets.Set(null, GoldenSets.Candidate) with { Labels = Candidate.Labels };
        IReadOnlyList<MeasuredClass> classes = Compute(Reference, candidate, "inception_score");
        FeatureSet alone = GoldenSets.Set(null, CopyOf(GoldenSets.Candidate, [.. Enumerable.Range(0, 20)]));
        Assert.Equal(MetricRun.Of("inception_score", Reference, alone)["inception_score"].Value, classes[0].Values[0].Value);
    }

    [Fact]
    public void Without_labels_on_both_sides_there_are_no_classes()
    {
        Assert.Empty(Compute(Reference, GoldenSets.Set(GoldenSets.Candidate), "fid"));
        Assert.Empty(Compute(GoldenSets.Set(GoldenSets.Reference), Candidate, "fid"));
    }

    private static IReadOnlyList<MeasuredClass> Compute(FeatureSet reference, FeatureSet candidate, string family) =>
        ClassMetrics.Compute([MetricRegistry.Find(family)!], [], new MetricInputs(reference, candidate, new PlainProducts()), CancellationToken.None);

    private static FeatureSet Labelled(FeatureMatrix features, Func<int, string> label) =>
        GoldenSets.Set(features) with { Labels = [.. Enumerable.Range(0, features.Count).Select(label)] };

    private static FeatureSet Copied(FeatureSet set, string label) =>
        GoldenSets.Set(CopyOf(set.Features!, [.. Enumerable.Range(0, set.Count).Where(i => set.Labels![i] == label)]));

    private static FeatureMatrix CopyOf(FeatureMatrix matrix, int[] rows) => GoldenSets.Rows([.. rows.Select(r => matrix.Row(r).ToArray())]);
}
