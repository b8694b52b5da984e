using System.Globalization;
using System.Text.Json;
using QualityGate.Metrics;
using QualityGate.Numerics;

namespace QualityGate.SelfTest;

/// <summary>A golden number and what this machine computes.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Expected">The golden number.</param>
/// <param name="Actual">What was computed, or null.</param>
/// <param name="Tolerance">Largest <see cref="Difference"/>.</param>
/// <param name="Error">Why nothing was computed, or null.</param>
public sealed record SelfTestItem(string Name, double Expected, double? Actual, double Tolerance, string? Error)
{
    /// <summary>Relative difference; absolute where the golden number is 0; null when nothing was computed.</summary>
    public double? Difference => Actual is not { } actual ? null : Math.Abs(actual - Expected) / (Expected == 0 ? 1 : Math.Abs(Expected));

    /// <summary>Whether the golden number was reproduced.</summary>
    public bool IsReproduced => Difference <= Tolerance;
}

/// <summary>Replays golden numbers of public implementations on the machine at hand.</summary>
public static class SelfTestRun
{
    /// <summary>Computes every golden number.</summary>
    /// <param name="products">The engine under test.</param>
    /// <param name="cancellation">Stops between numbers.</param>
    public static IReadOnlyList<SelfTestItem> Run(IMatrixProducts products, CancellationToken cancellation)
    {
        using JsonDocument golden = Open("golden.json"), float32 = Open("golden-float32.json");
        List<SelfTestItem> items = [];
        foreach (GoldenItem item in GoldenItems.All)
        {
            cancellation.ThrowIfCancellationRequested();
            string[] path = item.Golden.Split('|');
            double expected = path[0] == GoldenItem.Float32 ? Find(float32, path[1..]) : Find(golden, path);
            items.Add(Run(item, expected, products));
        }

        return items;
    }

    private static JsonDocument Open(string name)
    {
        using Stream stream = typeof(SelfTestRun).Assembly.GetManifestResourceStream($"{typeof(SelfTestRun).Namespace}.{name}")!;
        return JsonDocument.Parse(stream);
    }

    private static SelfTestItem Run(GoldenItem item, double expected, IMatrixProducts products)
    {
        try
        {
            return new SelfTestItem(item.Name, expected, item.Compute(products), item.Tolerance, null);
        }
        catch (MetricUnavailableException unavailable)
        {
            return new SelfTestItem(item.Name, expected, null, item.Tolerance, unavailable.Message);
        }
    }

    private static double Find(JsonDocument golden, string[] path)
    {
        JsonElement at = golden.RootElement;
        foreach (string part in path)
        {
            at = at.ValueKind == JsonValueKind.Array ? at[int.Parse(part, CultureInfo.InvariantCulture)] : at.GetProperty(part);
        }

        return at.GetDouble();
    }
}
