using QualityGate.Calibration;
using QualityGate.Specs;

namespace QualityGate.Tests.Calibration;

/// <summary>Pairs of runs whose numbers are normal with known deviation and known error: what is said of them can be counted.</summary>
internal static class GaussianPairs
{
    public const double Centre = 10;

    /// <summary>Changes with a deviation of 1, and the true error, or none.</summary>
    public static NullPair[] Draw(int seed, int count, double? error = 1, double shift = 0)
    {
        Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, count).Select(_ => new NullPair(Centre, Centre + Normal() + shift, error))];
    }

    /// <summary>The draws of one metric, as if they were of a candidate.</summary>
    public static NullDraws Of(NullPair[] pairs, string metric = "fid") => new(
        new NullPlan(NullKind.Candidate, 1000, 500, 0.5),
        new Dictionary<NullSubject, NullPair[]> { [new NullSubject(null, metric)] = pairs },
        new Dictionary<NullSubject, string>(),
        new Dictionary<NullSubject, double> { [new NullSubject(null, metric)] = Centre });

    public static GateLimit Limit(GateRule rule, double limit, string metric = "fid", bool isRelative = false) => new(metric, rule, limit, isRelative, GateLevel.Error, null);

    public static GateSpec Spec(params GateLimit[] gates) => new()
    {
        File = "qualitygate.yaml",
        Reference = new Located<string>("reference", null),
        Candidate = new Located<string>("candidate", null),
        MetricFamilies = [],
        MetricParameters = [],
        Gates = gates,
    };

    public static CalibrationOptions Options(int repetitions = 100) => new() { Repetitions = repetitions, Tool = new QualityGate.Reports.ToolInfo("qualitygate", "1.0.0") };

    /// <summary>How many of the draws fail.</summary>
    public static int Fails(GateSpec spec, NullPair[] pairs) => NullVerdicts.Of(spec, Of(pairs)).CountRuns(QualityGate.Gates.Verdict.Fail);
}
