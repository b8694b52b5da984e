using System.Diagnostics;
using System.Globalization;
using QualityGate.Features.Files;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Linear;

namespace QualityGate.Bench;

/// <summary>FID from features: moments of both sets and the trace of the root, against numpy's cov and scipy's sqrtm.</summary>
internal static class FrechetBench
{
    private const int Rounds = 3;

    public static void Run(string reference, string candidate, bool withPeer)
    {
        Parts ours = Parts.None, peer = Parts.None;
        for (int round = 0; round < Rounds; round++)
        {
            ours = ours.Best(Parts.Of(NeighbourBench.Execute(Environment.ProcessPath!, ["fid-stage", reference, candidate])));
            if (withPeer)
            {
                peer = peer.Best(Parts.Of(NeighbourBench.Execute("/usr/bin/python3", ["bench/peers/fid.py", reference, candidate])));
            }
        }

        ours.Print("ours");
        if (withPeer)
        {
            peer.Print("peer");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"peer / ours: {peer.Seconds / ours.Seconds:F2}, moments {peer.Moments / ours.Moments:F2}, trace {peer.Trace / ours.Trace:F2}; relative difference of FID {Math.Abs(peer.Value - ours.Value) / peer.Value:E1}"));
        }
    }

    public static void Stage(string reference, string candidate)
    {
        using MatrixEngine engine = new();
        FeatureMatrix first = FeatureFile.Read(reference).Features!, second = FeatureFile.Read(candidate).Features!;
        long started = Stopwatch.GetTimestamp();
        (double[] mean1, double[] covariance1) = Moments(first, engine);
        (double[] mean2, double[] covariance2) = Moments(second, engine);
        double moments = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double value = 0;
        for (int d = 0; d < mean1.Length; d++)
        {
            value += ((mean1[d] - mean2[d]) * (mean1[d] - mean2[d])) + covariance1[((long)d * mean1.Length) + d] + covariance2[((long)d * mean1.Length) + d];
        }

        value -= 2 * TraceOfRoot.FromCovariances(covariance1, covariance2, mean1.Length, mean1.Length, engine);
        double all = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"seconds\": {all:R}, \"moments_seconds\": {moments:R}, \"trace_seconds\": {all - moments:R}, \"peak_mb\": {Bench.Stage.PeakOfThisProcess():R}, \"fid\": {value:R}}}"));
    }

    private static (double[] Mean, double[] Covariance) Moments(FeatureMatrix rows, MatrixEngine engine)
    {
        double[] mean = MomentAccumulator.Mean(rows);
        return (mean, MomentAccumulator.Covariance(rows, mean, engine, CancellationToken.None));
    }

    private readonly record struct Parts(double Seconds, double Moments, double Trace, double PeakMegabytes, double Value)
    {
        public static Parts None { get; } = new(double.MaxValue, double.MaxValue, double.MaxValue, 0, 0);

        public static Parts Of(string json)
        {
            using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(json);
            double Number(string name) => document.RootElement.GetProperty(name).GetDouble();
            return new Parts(Number("seconds"), Number("moments_seconds"), Number("trace_seconds"), Number("peak_mb"), Number("fid"));
        }

        public Parts Best(Parts other) => new(
            Math.Min(Seconds, other.Seconds), Math.Min(Moments, other.Moments), Math.Min(Trace, other.Trace), Math.Max(PeakMegabytes, other.PeakMegabytes), other.Value);

        public void Print(string name) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}  {Seconds,7:F2} s: moments {Moments,6:F2} s, trace {Trace,6:F2} s; {PeakMegabytes,6:F0} MB; FID {Value:R}"));
    }
}
