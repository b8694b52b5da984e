using QualityGate.Calibration;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Tests.Calibration;

/// <summary>What a calibration says, counted in fresh draws of a known distribution.</summary>
public sealed class CalibrationRatesTests
{
    private const int Many = 20_000;

    [Fact]
    public void A_limit_of_zero_fails_at_the_stated_rate_and_is_mostly_inconclusive()
    {
        GateLimit limit = GaussianPairs.Limit(GateRule.MaxIncrease, 0);
        NullVerdicts verdicts = NullVerdicts.Of(GaussianPairs.Spec(limit), GaussianPairs.Of(GaussianPairs.Draw(1, Many)));

        // 2.5 % of a normal distribution lies above 1.96, and 2.5 % below -1.96, which passes.
        Assert.InRange(verdicts.Counts[limit].Breached / (double)Many, 0.022, 0.028);
        Assert.InRange(verdicts.Counts[limit].Inconclusive / (double)Many, 0.945, 0.955);
    }

    [Fact]
    public void Without_an_error_every_second_run_fails_a_limit_of_zero() =>
        Assert.InRange(GaussianPairs.Fails(GaussianPairs.Spec(GaussianPairs.Limit(GateRule.MaxIncrease, 0)), GaussianPairs.Draw(2, Many, error: null)) / (double)Many, 0.49, 0.51);

    [Fact]
    public void A_run_fails_when_any_gate_does()
    {
        NullPair[] first = GaussianPairs.Draw(3, Many), second = GaussianPairs.Draw(4, Many);
        NullDraws draws = GaussianPairs.Of(first) with
        {
            Pairs = new Dictionary<NullSubject, NullPair[]> { [new NullSubject(null, "fid")] = first, [new NullSubject(null, "kid")] = second },
        };
        GateSpec spec = GaussianPairs.Spec(GaussianPairs.Limit(GateRule.MaxIncrease, 0), GaussianPairs.Limit(GateRule.MaxIncrease, 0, "kid"));

        // 1 - 0.975^2.
        Assert.InRange(NullVerdicts.Of(spec, draws).CountRuns(Verdict.Fail) / (double)Many, 0.046, 0.053);
    }

    [Theory]
    [InlineData(1.0, 0.5, false, OnInconclusive.Warn)]
    [InlineData(null, 0.5, false, OnInconclusive.Warn)]
    [InlineData(1.0, 0.2, true, OnInconclusive.Warn)]
    [InlineData(1.0, 3.0, false, OnInconclusive.Fail)]
    public void The_smallest_change_is_seen_in_four_runs_of_five(double? error, double limit, bool isRelative, OnInconclusive policy)
    {
        GateLimit gate = GaussianPairs.Limit(GateRule.MaxIncrease, limit, isRelative: isRelative);
        GateSpec spec = GaussianPairs.Spec(gate) with { OnInconclusive = policy };
        double seen = Sensitivity.Of(gate, spec, GaussianPairs.Of(GaussianPairs.Draw(5, Many, error))).SmallestChange!.Value;
        Assert.InRange(GaussianPairs.Fails(spec, GaussianPairs.Draw(6, Many, error, seen)) / (double)Many, 0.78, 0.82);
    }

    [Fact]
    public void The_smallest_change_of_a_limit_on_the_value_is_seen_in_four_runs_of_five()
    {
        GateLimit gate = GaussianPairs.Limit(GateRule.Max, GaussianPairs.Centre + 2);
        double seen = Sensitivity.Of(gate, GaussianPairs.Spec(gate), GaussianPairs.Of(GaussianPairs.Draw(7, Many))).SmallestChange!.Value;

        // A value varies by one run's part of a change's variance.
        int failed = GaussianPairs.Draw(8, Many).Count(p => GaussianPairs.Centre + seen + (p.Change / Math.Sqrt(2)) > GaussianPairs.Centre + 2);
        Assert.InRange(failed / (double)Many, 0.78, 0.82);
    }

    [Fact]
    public void A_limit_that_the_value_is_beyond_has_no_smallest_change()
    {
        GateLimit gate = GaussianPairs.Limit(GateRule.Max, GaussianPairs.Centre - 1);
        GateSensitivity seen = Sensitivity.Of(gate, GaussianPairs.Spec(gate), GaussianPairs.Of(GaussianPairs.Draw(9, 100)));
        Assert.Equal((null, "the value lies beyond the limit already"), (seen.SmallestChange, seen.Reason));
    }

    [Theory]
    [InlineData(0.01, 1.0)]
    [InlineData(0.05, 1.0)]
    [InlineData(0.05, null)]
    public void Proposed_limits_hold_the_wanted_rates_in_fresh_draws(double wanted, double? error)
    {
        // Bounds from a hundred draws are uncertain themselves: of 50 calibrations nearly all must hold.
        int held = Enumerable.Range(0, 50).Count(i =>
        {
            NullDraws draws = GaussianPairs.Of(GaussianPairs.Draw(100 + i, 100, error));
            IReadOnlyList<ProposedGate> proposed = new Proposals(GaussianPairs.Spec(), GaussianPairs.Options() with { FalseAlarms = wanted }, draws).Of([("fid", MetricDirection.Lower)]);
            GateLimit[] gates = [.. proposed.Select(p => GaussianPairs.Limit(p.Rule, p.Limit))];
            NullVerdicts fresh = NullVerdicts.Of(GaussianPairs.Spec(gates), GaussianPairs.Of(GaussianPairs.Draw(200 + i, 2000, error)));
            return fresh.CountRuns(Verdict.Fail) <= 2000 * wanted * 1.2 && fresh.Counts[gates[1]].Inconclusive <= 2000 * CalibrationOptions.DefaultInconclusive * 1.2;
        });
        Assert.InRange(held, 45, 50);
    }

    [Fact]
    public void Where_inconclusive_runs_fail_proposals_count_them_as_alarms()
    {
        GateSpec spec = GaussianPairs.Spec() with { OnInconclusive = OnInconclusive.Fail };
        ProposedGate change = new Proposals(spec, GaussianPairs.Options(), GaussianPairs.Of(GaussianPairs.Draw(10, 1000))).Of([("fid", MetricDirection.Lower)])[1];
        Assert.InRange(change.Limit, 1.96 + 2.5, 1.96 + 3.5);
        Assert.InRange(GaussianPairs.Fails(spec with { Gates = [GaussianPairs.Limit(change.Rule, change.Limit)] }, GaussianPairs.Draw(11, Many)), 0, Many / 100);
    }

    [Fact]
    public void A_metric_that_is_better_when_higher_gets_limits_below()
    {
        IReadOnlyList<ProposedGate> proposed = new Proposals(GaussianPairs.Spec(), GaussianPairs.Options(), GaussianPairs.Of(GaussianPairs.Draw(12, 100))).Of([("fid", MetricDirection.Higher)]);
        Assert.Equal([GateRule.Min, GateRule.MaxDecrease], proposed.Select(p => p.Rule));
        Assert.InRange(proposed[0].Limit, GaussianPairs.Centre - 5, GaussianPairs.Centre - 2);
    }

    [Fact]
    public void Numbers_that_never_change_give_limits_where_they_are()
    {
        NullPair[] pairs = [.. Enumerable.Repeat(new NullPair(0.123456789, 0.123456789, 0), 20)];
        NullDraws draws = GaussianPairs.Of(pairs) with { Centres = new Dictionary<NullSubject, double> { [new NullSubject(null, "fid")] = 0.123456789 } };
        Assert.Equal([0.123456789, 0], new Proposals(GaussianPairs.Spec(), GaussianPairs.Options(), draws).Of([("fid", MetricDirection.Lower)]).Select(p => p.Limit));
    }
}
