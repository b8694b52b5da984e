using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Tests.Gates;

public sealed class GateJudgeTests
{
    private static readonly SourceLocation Place = new("qualitygate.yaml", 12, 3);

    [Theory]
    [InlineData(GateRule.Min, 0.8, 0.8, Verdict.Pass)]
    [InlineData(GateRule.Min, 0.8, 0.7999999999, Verdict.Fail)]
    [InlineData(GateRule.Min, 0.8, 0.9, Verdict.Pass)]
    [InlineData(GateRule.Max, 20, 20, Verdict.Pass)]
    [InlineData(GateRule.Max, 20, 20.000001, Verdict.Fail)]
    [InlineData(GateRule.Max, 20, -3, Verdict.Pass)]
    [InlineData(GateRule.Max, 0, 0, Verdict.Pass)]
    [InlineData(GateRule.Max, 0, 1e-300, Verdict.Fail)]
    public void An_absolute_limit_holds_values_up_to_itself(GateRule rule, double limit, double value, Verdict expected) =>
        Assert.Equal(expected, Judge(Limit(rule, limit), value, null).Verdict);

    [Theory]
    [InlineData(GateRule.MaxIncrease, 0.5, false, 7.1, 7.6, Verdict.Pass)]
    [InlineData(GateRule.MaxIncrease, 0.5, false, 7.1, 7.61, Verdict.Fail)]
    [InlineData(GateRule.MaxIncrease, 0.5, false, 7.1, 1, Verdict.Pass)]
    [InlineData(GateRule.MaxIncrease, 0.05, true, 20, 21, Verdict.Pass)]
    [InlineData(GateRule.MaxIncrease, 0.05, true, 20, 21.01, Verdict.Fail)]
    [InlineData(GateRule.MaxIncrease, 0.05, true, -20, -19, Verdict.Pass)]
    [InlineData(GateRule.MaxIncrease, 0.05, true, -20, -18.9, Verdict.Fail)]
    [InlineData(GateRule.MaxDecrease, 0.02, false, 0.86, 0.84, Verdict.Pass)]
    [InlineData(GateRule.MaxDecrease, 0.02, false, 0.86, 0.8399, Verdict.Fail)]
    [InlineData(GateRule.MaxDecrease, 0.02, false, 0.86, 0.99, Verdict.Pass)]
    [InlineData(GateRule.MaxDecrease, 0.1, true, 0.5, 0.45, Verdict.Pass)]
    [InlineData(GateRule.MaxDecrease, 0.1, true, 0.5, 0.449, Verdict.Fail)]
    [InlineData(GateRule.MaxDecrease, 0, false, 0.5, 0.5, Verdict.Pass)]
    [InlineData(GateRule.MaxIncrease, 0, false, 0, 1e-300, Verdict.Fail)]
    public void A_change_limit_holds_the_distance_from_the_baseline(
        GateRule rule, double limit, bool isRelative, double baseline, double value, Verdict expected) =>
        Assert.Equal(expected, Judge(Limit(rule, limit, isRelative), value, baseline).Verdict);

    [Fact]
    public void Every_decimal_change_that_equals_its_limit_passes()
    {
        // In binary 0.86 - 0.84 is 0.020000000000000018: more than 0.02.
        for (int baseline = 1; baseline <= 100; baseline++)
        {
            for (int change = 0; change <= baseline; change++)
            {
                GateLimit limit = Limit(GateRule.MaxDecrease, change / 100.0);
                Assert.Equal(Verdict.Pass, Judge(limit, (baseline - change) / 100.0, baseline / 100.0).Verdict);
                if (change > 0)
                    Assert.Equal(Verdict.Fail, Judge(limit, ((baseline - change) / 100.0) - 1e-9, baseline / 100.0).Verdict);
            }
        }
    }

    [Fact]
    public void A_breach_at_level_warn_warns() =>
        Assert.Equal(Verdict.Warn, Judge(Limit(GateRule.Max, 1) with { Level = GateLevel.Warn }, 2, null).Verdict);

    [Theory]
    [InlineData(GateRule.Min, 0.8, false, 0.71, 0.86, "coverage is 0.71, below the limit 0.8 (min); baseline 0.86")]
    [InlineData(GateRule.Min, 0.8, false, 0.79999, null, "coverage is 0.79999, below the limit 0.8 (min)")]
    [InlineData(GateRule.Min, 0.8, false, 0.8, null, "coverage is 0.8, not below the limit 0.8 (min)")]
    [InlineData(GateRule.Max, 20, false, 31.94567, null, "coverage is 31.95, above the limit 20 (max)")]
    [InlineData(GateRule.Max, 20000, false, 12345.678, null, "coverage is 12346, not above the limit 20000 (max)")]
    [InlineData(GateRule.MaxIncrease, 0.05, true, 8.2, 7.1, "coverage is 8.2, 1.1 (15.49%) above the baseline 7.1; at most 5% (0.355) allowed (max_increase)")]
    [InlineData(GateRule.MaxIncrease, 0.5, false, 6.9, 7.1, "coverage is 6.9, 0.2 below the baseline 7.1; at most 0.5 would be allowed (max_increase)")]
    [InlineData(GateRule.MaxDecrease, 0.02, false, 0.83, 0.86, "coverage is 0.83, 0.03 below the baseline 0.86; at most 0.02 allowed (max_decrease)")]
    [InlineData(GateRule.MaxDecrease, 0.02, false, 0.86, 0.86, "coverage is 0.86, as the baseline; at most 0.02 would be allowed (max_decrease)")]
    public void The_message_says_what_was_found_and_what_was_expected(
        GateRule rule, double limit, bool isRelative, double value, double? baseline, string expected) =>
        Assert.Equal(expected, Judge(Limit(rule, limit, isRelative), value, baseline).Message);

    [Theory]
    [InlineData(GateRule.Max, "QG2001")]
    [InlineData(GateRule.Min, "QG2002")]
    [InlineData(GateRule.MaxIncrease, "QG2003")]
    [InlineData(GateRule.MaxDecrease, "QG2004")]
    public void Each_rule_has_its_code(GateRule rule, string code) => Assert.Equal(code, Judge(Limit(rule, 1), 1, 1).Code.Id);

    [Fact]
    public void A_check_without_gates_is_an_error()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => GateJudge.Judge([], Values(("fid", 1)), null));
        Assert.Equal(GateErrors.NothingToJudge, error.Code);
    }

    [Fact]
    public void What_cannot_be_judged_is_an_error_with_every_reason_and_never_a_pass()
    {
        GateLimit[] limits =
        [
            new("missing", GateRule.Min, 0, false, GateLevel.Error, Place),
            new("failed", GateRule.Min, 0, false, GateLevel.Warn, Place with { Line = 13 }),
            new("nan", GateRule.Max, 1, false, GateLevel.Error, Place with { Line = 14 }),
            new("unknown", GateRule.MaxIncrease, 1, false, GateLevel.Error, Place with { Line = 15 }),
            new("zero", GateRule.MaxIncrease, 0.05, true, GateLevel.Error, Place with { Line = 16 }),
            new("endless", GateRule.MaxDecrease, 1, false, GateLevel.Error, Place with { Line = 17 }),
            new("good", GateRule.Max, 5, false, GateLevel.Error, Place with { Line = 18 }),
        ];
        Dictionary<string, MetricValue> now = Values(("nan", double.NaN), ("unknown", 1), ("zero", 1), ("endless", 1), ("good", 1));
        now["failed"] = Metric("failed", null) with { Error = "needs 5000 images, found 12" };
        var baseline = new Dictionary<string, double> { ["zero"] = 0, ["endless"] = double.PositiveInfinity };

        UserErrorException error = Assert.Throws<UserErrorException>(() => GateJudge.Judge(limits, now, baseline));

        Assert.Equal(
            [
                "qualitygate.yaml(12,3): error QG2011: missing has a gate (min) but was not measured",
                "qualitygate.yaml(13,3): error QG2012: failed has a gate (min) but could not be computed: needs 5000 images, found 12",
                "qualitygate.yaml(14,3): error QG2013: nan has a gate (max) but its value is not a finite number",
                "qualitygate.yaml(15,3): error QG2014: unknown has a gate (max_increase) but the baseline has no accepted value for it",
                "qualitygate.yaml(16,3): error QG2015: zero has a relative gate (max_increase) but its baseline is 0; write an absolute limit",
                "qualitygate.yaml(17,3): error QG2013: endless has a gate (max_decrease) but its accepted value is not a finite number",
            ],
            error.Message.Split('\n'));
    }

    [Fact]
    public void A_change_limit_without_any_baseline_is_an_error()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Judge(Limit(GateRule.MaxIncrease, 1), 1, null));
        Assert.Equal((GateErrors.NotAccepted, Place), (error.Code, error.Location));
    }

    [Theory]
    [InlineData(OnInconclusive.Warn, Verdict.Fail, Verdict.Fail, Verdict.Inconclusive, Verdict.Pass)]
    [InlineData(OnInconclusive.Warn, Verdict.Inconclusive, Verdict.Warn, Verdict.Inconclusive, Verdict.Pass)]
    [InlineData(OnInconclusive.Pass, Verdict.Warn, Verdict.Warn, Verdict.Inconclusive, Verdict.Pass)]
    [InlineData(OnInconclusive.Pass, Verdict.Pass, Verdict.Inconclusive, Verdict.Pass)]
    [InlineData(OnInconclusive.Fail, Verdict.Fail, Verdict.Inconclusive, Verdict.Pass)]
    [InlineData(OnInconclusive.Warn, Verdict.Warn, Verdict.Pass, Verdict.Warn)]
    [InlineData(OnInconclusive.Warn, Verdict.None)]
    public void The_overall_verdict_is_the_worst_one(OnInconclusive policy, Verdict expected, params Verdict[] gates)
    {
        GateResult any = Judge(Limit(GateRule.Max, 1), 1, null);
        Assert.Equal(expected, GateJudge.Overall([.. gates.Select(v => any with { Verdict = v })], policy));
    }

    private static GateLimit Limit(GateRule rule, double limit, bool isRelative = false) =>
        new("coverage", rule, limit, isRelative, GateLevel.Error, Place);

    private static GateResult Judge(GateLimit limit, double value, double? baseline) => Assert.Single(GateJudge.Judge(
        [limit],
        Values((limit.Metric, value)),
        baseline is { } accepted ? new Dictionary<string, double> { [limit.Metric] = accepted } : null));

    private static Dictionary<string, MetricValue> Values(params (string Name, double Value)[] values) =>
        values.ToDictionary(v => v.Name, v => Metric(v.Name, v.Value));

    private static MetricValue Metric(string name, double? value) =>
        new() { Name = name, Value = value, Direction = MetricDirection.Higher, Convention = "prdc" };
}
