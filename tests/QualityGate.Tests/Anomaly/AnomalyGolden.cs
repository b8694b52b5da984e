using System.Text.Json;

namespace QualityGate.Tests.Anomaly;

/// <summary>What tests/golden/anomaly.py computed, and the scores that it made.</summary>
internal static class AnomalyGolden
{
    public static JsonElement Root { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "anomaly", "golden.json"))).RootElement;

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    public static double[] Pattern(int count, long salt, double step) =>
        [.. Enumerable.Range(0, count).Select(i => Math.Floor((((long)i * i * 7) + (i * 3L) + (salt * 13)) % 97 / 16.0 / step) * step)];

    public static bool[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => i * 5 % 11 < 4)];

    public static double[] Lifted(double[] scores, bool[] truth, double lift) => [.. scores.Select((s, i) => truth[i] ? s + lift : s)];
}
