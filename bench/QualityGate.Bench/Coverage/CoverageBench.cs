using System.Globalization;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;

namespace QualityGate.Bench.Coverage;

/// <summary>
/// Whether intervals hold what they promise: draws many pairs of sets of a known population, computes a family on each as a run does, and counts how often its
/// intervals hold the mean over all draws (what the metric is at this size) and the population's value (a draw of a much larger size, or 0 to leave it out).
/// </summary>
internal static class CoverageBench
{
    public static int Run(string family, string[] settings)
    {
        Dictionary<string, string> given = settings.Select(s => s.Split('=', 2)).ToDictionary(s => s[0], s => s.Length > 1 ? s[1] : "");
        string Taken(string name, string otherwise) => given.Remove(name, out string? value) ? value : otherwise;
        int Number(string name, int otherwise) => int.Parse(Taken(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        string[] cases = Taken("case", string.Join(',', CoverageSets.Names)).Split(',');
        int[] sizes = [.. Taken("n", "500,2000").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
        int width = Number("d", 16), draws = Number("draws", 300), seed = Number("seed", 1), population = Number("population", 0);
        double confidence = double.Parse(Taken("confidence", "0.95"), CultureInfo.InvariantCulture);
        IMetricFamily wanted = MetricRegistry.Find(family) ?? throw new ArgumentException($"there is no metric {family}");
        MetricParameter[] parameters = [.. given.Select(p => new MetricParameter(wanted.Name, p.Key, p.Value, null))];
        Console.WriteLine("| metric | case | N | D | draws | mean | sd | mean SE | SE / sd | holds mean | population | holds it |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (string name in cases)
        {
            CoverageSets sets = new(name, width);
            double?[] truth = population == 0 ? [.. wanted.Metrics.Select(_ => (double?)null)] : Population(sets, wanted, parameters, population);
            foreach (int size in sizes)
            {
                MetricValue[][] values = Draws(sets, wanted, parameters, size, draws, seed, confidence);
                for (int m = 0; m < values[0].Length; m++)
                {
                    Print(name, size, width, [.. values.Select(v => v[m])], truth[m < truth.Length ? m : 0]);
                }
            }
        }

        return 0;
    }

    private static MetricValue[][] Draws(CoverageSets sets, IMetricFamily family, MetricParameter[] parameters, int size, int draws, int seed, double confidence)
    {
        using MatrixEngine engine = new(threads: 1);
        MetricValue[][] values = new MetricValue[draws][];
        Parallel.For(0, draws, s =>
        {
            int first = (seed * 1_000_003) + (2 * s);
            MetricInputs inputs = new(sets.Draw(false, size, first), sets.Draw(true, size, first + 1), engine) { Confidence = confidence };
            MeasuredMetrics measured = MetricRegistry.Compute([family], parameters, inputs, CancellationToken.None);
            values[s] = [.. measured.Values, .. measured.Tables.Where(t => t.Name.EndsWith(".bias", StringComparison.Ordinal)).Select(t => WithoutBias(t, measured.Values[0]))];
        });
        return values;
    }

    // A table of a family's bias holds the value without it, and its interval.
    private static MetricValue WithoutBias(MetricTable bias, MetricValue value)
    {
        double? Cell(string column) => bias.Rows[0][bias.Columns.ToList().IndexOf(column)];
        return value with
        {
            Name = value.Name + ", bias taken off",
            Value = Cell("without_bias"),
            Interval = Cell("low") is { } low && Cell("high") is { } high ? new MetricInterval(low, high) : null,
        };
    }

    private static double?[] Population(CoverageSets sets, IMetricFamily family, MetricParameter[] parameters, int size)
    {
        using MatrixEngine engine = new();
        MetricInputs inputs = new(sets.Draw(false, size, -1), sets.Draw(true, size, -2), engine) { WithErrors = false };
        return [.. MetricRegistry.Compute([family], parameters, inputs, CancellationToken.None).Values.Select(v => v.Value)];
    }

    private static void Print(string name, int size, int width, MetricValue[] values, double? population)
    {
        if (values.FirstOrDefault(v => v.Value is null) is { } failed)
        {
            Console.WriteLine($"{failed.Name}: {failed.Error}");
            return;
        }

        double mean = values.Average(v => v.Value!.Value), sd = Math.Sqrt(values.Sum(v => Math.Pow(v.Value!.Value - mean, 2)) / (values.Length - 1));
        double? error = values.All(v => v.StandardError is not null) ? values.Average(v => v.StandardError!.Value) : null;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {values[0].Name} | {name} | {size} | {width} | {values.Length} | {mean:G5} | {sd:G3} | {error:G3} | {error / sd:F2} | {Held(values, mean)} | {population:G5} | {(population is { } p ? Held(values, p) : "")} |"));
    }

    private static string Held(MetricValue[] values, double truth) => values.Any(v => v.Interval is null)
        ? "no interval"
        : string.Create(CultureInfo.InvariantCulture, $"{100.0 * values.Count(v => v.Interval!.Value.Low <= truth && truth <= v.Interval.Value.High) / values.Length:F1} %");
}
