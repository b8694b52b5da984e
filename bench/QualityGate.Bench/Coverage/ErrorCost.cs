using System.Diagnostics;
using System.Globalization;
using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;

namespace QualityGate.Bench.Coverage;

/// <summary>What standard errors and influences cost: a family with and without them, in turns, the best of three rounds each.</summary>
internal static class ErrorCost
{
    private const int Rounds = 3;

    public static int Run(string family, int count, int width)
    {
        CoverageSets sets = new("shifted", width);
        FeatureSet reference = sets.Draw(false, count, 1), candidate = sets.Draw(true, count, 2);
        using MatrixEngine engine = new();
        double with = double.MaxValue, without = double.MaxValue;
        for (int round = 0; round <= Rounds; round++)
        {
            double plain = Seconds(false), full = Seconds(true);
            (without, with) = round == 0 ? (without, with) : (Math.Min(without, plain), Math.Min(with, full));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{family} of {count} + {count} x {width}: {without:F3} s without errors, {with:F3} s with: {with / without:F2} times"));
        return 0;

        double Seconds(bool withErrors)
        {
            MetricInputs inputs = new(reference, candidate, engine) { WithErrors = withErrors };
            long started = Stopwatch.GetTimestamp();
            MetricRegistry.Compute([MetricRegistry.Find(family)!], [], inputs, CancellationToken.None);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }
}
