using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Tests.Gates;

public sealed class ClassGateTests
{
    private static readonly SourceLocation Place = new("qualitygate.yaml", 12, 3);

    [Fact]
    public void The_worst_class_is_judged_and_named()
    {
        GateResult result = Assert.Single(Judge(Limit(GateRule.Min, 0.8, GateScope.WorstClass), Class("bag", 0.9), Class("boot", 0.61), Class("hat", 0.7)));
        Assert.Equal(("boot", Verdict.Fail, 0.61), (result.Class, result.Verdict, result.Observed));
        Assert.Equal("coverage of class `boot` is 0.61, below the limit 0.8 (min)", result.Message);
    }

    [Fact]
    public void Each_class_gets_a_result_of_its_own() => Assert.Equal(
        [("bag", Verdict.Pass), ("boot", Verdict.Fail)],
        Judge(Limit(GateRule.Min, 0.8, GateScope.EachClass), Class("bag", 0.9), Class("boot", 0.61)).Select(r => (r.Class!, r.Verdict)));

    [Fact]
    public void A_gate_per_class_stands_beside_one_on_the_whole_sets()
    {
        GateLimit[] limits = [Limit(GateRule.Min, 0.8, GateScope.Whole), Limit(GateRule.Min, 0.6, GateScope.WorstClass)];
        IReadOnlyList<GateResult> results = GateJudge.Judge(limits, Values(0.85), null, [Class("bag", 0.9), Class("boot", 0.61)]);
        Assert.Equal([(null, 0.85), ("boot", 0.61)], results.Select(r => (r.Class, r.Observed)));
        Assert.All(results, r => Assert.Equal(Verdict.Pass, r.Verdict));
    }

    [Theory]
    [InlineData(GateRule.Min, false, "c")]
    [InlineData(GateRule.Max, false, "a")]
    [InlineData(GateRule.MaxIncrease, false, "a")]
    [InlineData(GateRule.MaxIncrease, true, "b")]
    [InlineData(GateRule.MaxDecrease, false, "c")]
    [InlineData(GateRule.MaxDecrease, true, "c")]
    public void The_worst_class_is_the_one_that_has_gone_farthest_towards_the_limit(GateRule rule, bool isRelative, string expected)
    {
        ClassValues[] classes = [Class("a", 10, 8), Class("b", 2, 1), Class("c", 1, 4)];
        GateResult result = Assert.Single(Judge(Limit(rule, 100, GateScope.WorstClass) with { IsRelative = isRelative }, classes));
        Assert.Equal(expected, result.Class);
    }

    [Fact]
    public void Of_equally_bad_classes_the_first_is_named() =>
        Assert.Equal("a", Assert.Single(Judge(Limit(GateRule.Max, 1, GateScope.WorstClass), Class("a", 2), Class("b", 2))).Class);

    [Fact]
    public void While_the_worst_class_passes_no_class_breaches()
    {
        Random random = new(5);
        for (int i = 0; i < 500; i++)
        {
            ClassValues[] classes = [.. Enumerable.Range(0, 6).Select(c => Class($"c{c}", random.NextDouble() + 0.1, random.NextDouble() + 0.1))];
            foreach (GateRule rule in GateRules.All)
            {
                GateLimit limit = Limit(rule, random.NextDouble(), GateScope.EachClass) with { IsRelative = GateRules.IsChange(rule) && i % 2 == 0 };
                Verdict each = GateJudge.Overall(Judge(limit, classes), OnInconclusive.Warn);
                Assert.Equal(each, Assert.Single(Judge(limit with { Scope = GateScope.WorstClass }, classes)).Verdict);
            }
        }
    }

    [Fact]
    public void A_class_without_a_value_or_an_accepted_one_is_an_error_that_names_it_and_never_a_pass()
    {
        ClassValues failed = new("hat", new Dictionary<string, MetricValue> { ["coverage"] = Metric(null) with { Error = "k = 5 needs more than 5 images" } }, null);
        foreach (GateScope scope in new[] { GateScope.WorstClass, GateScope.EachClass })
        {
            Assert.Equal(
                "qualitygate.yaml(12,3): error QG2012: coverage of class `hat` has a gate (min) but could not be computed: k = 5 needs more than 5 images",
                ErrorOf(Limit(GateRule.Min, 0, scope), Class("bag", 0.9), failed));
            Assert.Equal(
                "qualitygate.yaml(12,3): error QG2014: coverage of class `boot` has a gate (max_decrease) but the baseline has no accepted value for this class",
                ErrorOf(Limit(GateRule.MaxDecrease, 1, scope), Class("bag", 0.9, 0.9), Class("boot", 0.9)));
        }
    }

    [Fact]
    public void An_accepted_class_that_is_gone_is_an_error_for_change_limits_only()
    {
        ClassValues gone = new("old", new Dictionary<string, MetricValue>(), new Dictionary<string, double> { ["coverage"] = 0.9 });
        Assert.Equal(
            "qualitygate.yaml(12,3): error QG2017: coverage of class `old` has a gate (max_decrease) and an accepted value, but neither set has this class now",
            ErrorOf(Limit(GateRule.MaxDecrease, 1, GateScope.WorstClass), Class("bag", 0.9, 0.9), gone));
        Assert.Equal("bag", Assert.Single(Judge(Limit(GateRule.Min, 0.5, GateScope.EachClass), Class("bag", 0.9, 0.9), gone)).Class);
    }

    [Fact]
    public void No_classes_and_a_metric_that_is_not_computed_by_class_are_errors()
    {
        Assert.Equal(
            "qualitygate.yaml(12,3): error QG2016: coverage has a gate per class (min) but there are no classes: both sets need labels",
            ErrorOf(Limit(GateRule.Min, 0, GateScope.EachClass)));
        ClassValues other = new("bag", new Dictionary<string, MetricValue> { ["fid"] = Metric(1) }, null);
        Assert.Equal(
            "qualitygate.yaml(12,3): error QG2011: coverage has a gate per class (min) but is not measured by class",
            ErrorOf(Limit(GateRule.Min, 0, GateScope.WorstClass), other));
    }

    [Fact]
    public void Many_classes_without_a_value_are_summed_up()
    {
        ClassValues[] classes = [.. Enumerable.Range(10, 30).Select(i => Class($"c{i}", double.NaN))];
        UserErrorException error = Assert.Throws<UserErrorException>(() => Judge(Limit(GateRule.Min, 0, GateScope.EachClass), classes));
        Assert.Equal(6, error.Problems.Count);
        Assert.Equal("coverage cannot be judged (min) in 25 more classes", error.Problems[^1].Message);
    }

    [Fact]
    public void A_class_name_cannot_break_the_message()
    {
        GateResult result = Assert.Single(Judge(Limit(GateRule.Max, 1, GateScope.WorstClass), Class("a\n\e[31m" + new string('x', 100), 2)));
        Assert.Equal($"coverage of class `a??[31m{new string('x', 53)}...` is 2, above the limit 1 (max)", result.Message);
    }

    private static GateLimit Limit(GateRule rule, double limit, GateScope scope) =>
        new("coverage", rule, limit, IsRelative: false, GateLevel.Error, Place) { Scope = scope };

    private static IReadOnlyList<GateResult> Judge(GateLimit limit, params ClassValues[] classes) => GateJudge.Judge([limit], Values(0.5), null, classes);

    private static string ErrorOf(GateLimit limit, params ClassValues[] classes) =>
        Assert.Single(Assert.Throws<UserErrorException>(() => Judge(limit, classes)).Problems).ToString();

    private static ClassValues Class(string name, double value, double? accepted = null) => new(
        name, Values(value), accepted is { } before ? new Dictionary<string, double> { ["coverage"] = before } : null);

    private static Dictionary<string, MetricValue> Values(double value) => new() { ["coverage"] = Metric(value) };

    private static MetricValue Metric(double? value) => new() { Name = "coverage", Value = value, Direction = MetricDirection.Higher, Convention = "prdc" };
}
