using QualityGate.Baselines;
using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.Baselines;

internal static class Samples
{
    public static readonly DateTimeOffset Time = new(2025, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static Acceptance Now => new(new FixedTime(), "c0ffee", "0.1.0");

    public static MetricValue Fid => new()
    {
        Name = "fid",
        Value = 7.1,
        StandardError = 0.31,
        Direction = MetricDirection.Lower,
        Convention = "pytorch-fid",
    };

    public static MetricValue Coverage => new()
    {
        Name = "coverage",
        Value = 0.9,
        Direction = MetricDirection.Higher,
        Convention = "prdc",
        Parameters = [new("k", 5), new("eps", 0.1), new("weights", "uniform")],
    };

    public static FeatureSet Candidate() => Sets.Full(count: 9, seed: 3) with { Source = "candidate" };

    public static Baseline Accept(FeatureSet reference) => Baseline.Accept([Fid, Coverage], reference, Candidate(), Now);

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Time;
    }
}
