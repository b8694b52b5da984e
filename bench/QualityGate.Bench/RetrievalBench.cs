using System.Diagnostics;
using System.Globalization;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;

namespace QualityGate.Bench;

/// <summary>Recall@K and MAP@R of one set, row i being of class i modulo the number of classes, against numpy in float32 blocks.</summary>
internal static class RetrievalBench
{
    /// <summary>Both once, each in a process of its own: at full size a round takes minutes.</summary>
    public static void Run(string rows, string classes, bool withPeer)
    {
        Stage ours = Stage.Of(NeighbourBench.Execute(Environment.ProcessPath!, ["retrieval-stage", rows, classes]));
        Print("recall_at_k", ours);
        if (withPeer)
        {
            Stage peer = Stage.Of(NeighbourBench.Execute("/usr/bin/python3", ["bench/peers/recall.py", rows, classes]));
            Print("peer", peer);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peer / recall_at_k  {peer.Seconds / ours.Seconds:F2}"));
        }
    }

    /// <summary>One evaluation, the file read before the clock starts.</summary>
    public static void Measure(string rows, int classes)
    {
        using MatrixEngine engine = new();
        FeatureSet set = FeatureFile.Read(rows);
        string[] labels = [.. Enumerable.Range(0, set.Count).Select(i => (i % classes).ToString(CultureInfo.InvariantCulture))];
        long started = Stopwatch.GetTimestamp();
        RetrievalResult result = RetrievalEvaluation.Within(set.Features!, labels, new RetrievalOptions(), engine, CancellationToken.None);
        new Stage(Stopwatch.GetElapsedTime(started).TotalSeconds, Stage.PeakOfThisProcess()).Write();
        foreach (int k in result.Options.Ks)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  recall_at_{k} {result.Recall(k).Value:R}"));
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  map_at_r {result.MeanPrecision().Value:R}"));
    }

    private static void Print(string name, Stage stage) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {stage.Seconds,8:F1} s  {stage.PeakMegabytes,6:F0} MB"));
}
