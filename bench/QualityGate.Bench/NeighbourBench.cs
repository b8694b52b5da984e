using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;

namespace QualityGate.Bench;

/// <summary>
/// The metrics of nearest neighbours against the bare matrix products that they need, and against the published algorithm in numpy and
/// scikit-learn. Each measurement is a process of its own, so that its peak memory is its own.
/// </summary>
internal static class NeighbourBench
{
    private const int Rounds = 3;
    private static readonly int FloorBlock = int.Parse(Environment.GetEnvironmentVariable("FB") ?? "1024");
    private const double FloorSample = 4e12;

    private static readonly string[] Families =
        ["prdc", "improved_precision_recall", "clipped_density_coverage", "realism", "rarity", "authenticity"];

    /// <summary>Runs all stages in turn and prints ratios of the best of each.</summary>
    public static void Run(string reference, string candidate, bool withPeer)
    {
        FeatureSet first = FeatureFile.Read(reference), second = FeatureFile.Read(candidate);
        string known = string.Join(',', Families.Where(name => MetricRegistry.Find(name) is not null));
        Stage floor = Stage.None, prdc = Stage.None, all = Stage.None;
        for (int round = 0; round < Rounds; round++)
        {
            floor = floor.Best(Child("neighbours-floor", Text(first.Count), Text(second.Count), Text(first.Features!.Width)));
            prdc = prdc.Best(Child("neighbours-stage", reference, candidate, "prdc"));
            all = all.Best(Child("neighbours-stage", reference, candidate, known));
        }

        Print("bare products", floor, floor);
        Print("prdc", prdc, floor);
        Print($"{known}", all, floor);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all / prdc  {all.Seconds / prdc.Seconds:F2}"));
        if (withPeer)
        {
            Stage peer = Stage.Of(Execute("/usr/bin/python3", ["bench/peers/prdc.py", reference, candidate]));
            Print("peer prdc", peer, floor);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peer / prdc  {peer.Seconds / prdc.Seconds:F2}"));
        }
    }

    /// <summary>Any family against a script that computes the same.</summary>
    public static void Against(string peer, string family, string reference, string candidate)
    {
        Stage ours = Stage.None, theirs = Stage.None;
        for (int round = 0; round < Rounds; round++)
        {
            ours = ours.Best(Child("neighbours-stage", reference, candidate, family));
            theirs = theirs.Best(Stage.Of(Execute("/usr/bin/python3", [peer, reference, candidate])));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{family}  {ours.Seconds:F2} s, {ours.PeakMegabytes:F0} MB; {peer}  {theirs.Seconds:F2} s, {theirs.PeakMegabytes:F0} MB; peer / ours  {theirs.Seconds / ours.Seconds:F2}"));
    }

    /// <summary>The products alone, one tile a worker, on operands that are ready: half of each set with itself, all of both.</summary>
    public static void Floor(int references, int candidates, int width)
    {
        double pairs = ((double)references * references / 2) + ((double)candidates * candidates / 2) + ((double)references * candidates);
        double sample = Math.Min(1, FloorSample / (2 * pairs * width));
        int tiles = (int)Math.Ceiling(pairs * sample / (FloorBlock * FloorBlock)), workers = Environment.ProcessorCount;
        using MatrixEngine engine = new();
        float[] left = Operand(width), right = Operand(width);
        engine.MultiplyTile(left, right, new float[FloorBlock * FloorBlock], FloorBlock, FloorBlock, width);
        int next = -1;
        long started = Stopwatch.GetTimestamp();
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ =>
        {
            float[] product = new float[FloorBlock * FloorBlock];
            while (Interlocked.Increment(ref next) < tiles)
            {
                engine.MultiplyTile(left, right, product, FloorBlock, FloorBlock, width);
            }
        });
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds * pairs / ((double)tiles * FloorBlock * FloorBlock);
        new Stage(seconds, Stage.PeakOfThisProcess()).Write();
    }

    /// <summary>One run of families. The files are opened and checked before the clock starts, as peers load theirs before.</summary>
    public static void Measure(string reference, string candidate, string families)
    {
        using MatrixEngine engine = new();
        MetricInputs inputs = new(FeatureFile.Read(reference), FeatureFile.Read(candidate), engine);
        long started = Stopwatch.GetTimestamp();
        MeasuredMetrics measured = MetricRegistry.Compute([.. families.Split(',').Select(f => MetricRegistry.Find(f)!)], [], inputs, CancellationToken.None);
        new Stage(Stopwatch.GetElapsedTime(started).TotalSeconds, Stage.PeakOfThisProcess()).Write();
        foreach (MetricValue value in measured.Values)
        {
            Console.Error.WriteLine($"  {value.Name} {value.Value?.ToString("R", CultureInfo.InvariantCulture) ?? value.Error}");
        }
    }

    private static float[] Operand(int width)
    {
        Random random = new(1);
        float[] values = new float[FloorBlock * width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(random.NextDouble() - 0.5);
        }

        return values;
    }

    private static void Print(string name, Stage stage, Stage floor) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-60} {stage.Seconds,8:F2} s  {stage.Seconds / floor.Seconds,6:F2} x bare products  {stage.PeakMegabytes,6:F0} MB"));

    private static Stage Child(params string[] arguments) => Stage.Of(Execute(Environment.ProcessPath!, arguments));

    internal static string Execute(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Time and memory of one measurement, as a line of JSON.</summary>
internal readonly record struct Stage(double Seconds, double PeakMegabytes)
{
    public static Stage None { get; } = new(double.MaxValue, 0);

    public static Stage Of(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new Stage(document.RootElement.GetProperty("seconds").GetDouble(), document.RootElement.GetProperty("peak_mb").GetDouble());
    }

    public static double PeakOfThisProcess()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public Stage Best(Stage other) => new(Math.Min(Seconds, other.Seconds), Math.Max(PeakMegabytes, other.PeakMegabytes));

    public void Write() => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"seconds\": {Seconds:R}, \"peak_mb\": {PeakMegabytes:R}}}"));
}
