using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Specs;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

/// <summary>Runs one family as the tool does, on plain matrix products.</summary>
internal static class MetricRun
{
    public static Dictionary<string, MetricValue> Of(string family, FeatureSet reference, FeatureSet candidate, params string[] settings)
    {
        IMetricFamily wanted = MetricRegistry.Find(family)!;
        MetricParameter[] parameters =
        [
            .. settings.Select(s => s.Split('=')).Select(s => new MetricParameter(wanted.Name, s[0], s[1], null)),
        ];
        MetricInputs inputs = new(reference, candidate, new PlainProducts());
        return MetricRegistry.Compute([wanted], parameters, inputs, CancellationToken.None).Values.ToDictionary(v => v.Name);
    }

    public static void AssertClose(double expected, double? actual, double relative) =>
        Assert.InRange(actual ?? double.NaN, expected - (Math.Abs(expected) * relative), expected + (Math.Abs(expected) * relative));
}
