using QualityGate.Anomaly;

namespace QualityGate.Tests.Anomaly;

/// <summary>A reference of 40 normal images, and a candidate of 12 good, 6 scratched and 4 bent ones with maps of 8 x 6 pixels.</summary>
internal static class ExampleScores
{
    public const int Height = 6;
    public const int Width = 8;
    public const int Count = 22;

    public static AnomalyScores Reference { get; } = Of([.. Enumerable.Range(0, 40).Select(i => $"train/{i:00}.png")], i => 1 + (i * 17 % 40 / 40f));

    public static AnomalyScores Candidate { get; } = Of([.. Enumerable.Range(0, Count).Select(i => $"test/{i:00}.png")], ScoreOf) with
    {
        Maps = new ResidualMaps(Height, Width, MapOf),
    };

    public static AnomalyLabels Labels { get; } = new(
        [.. Enumerable.Range(0, Count).Select(i => i < 12 ? "good" : i < 18 ? "scratch" : "bent")], new HashSet<string>(["good"]));

    public static AnomalyMasks Masks { get; } = new(i => i < 12 ? null : MaskOf(i));

    public static AnomalyScores Of(string[] ids, Func<int, float> score)
    {
        float[] scores = [.. ids.Select((_, i) => score(i))];
        return new AnomalyScores(ids, scores, Array.ConvertAll(scores, s => s * 0.75f), Array.ConvertAll(scores, s => s / 4));
    }

    /// <summary>Two columns of the map.</summary>
    public static bool[] MaskOf(int image) => [.. Enumerable.Range(0, Height * Width).Select(p => p % Width / 2 == image % 4)];

    // Bent images score hardly more than good ones.
    private static float ScoreOf(int i) => i < 12 ? 1 + (i / 12f) : i < 18 ? 3 + (i / 18f) : 1.5f + ((i - 18) / 3f);

    private static float[] MapOf(int image) =>
        [.. Enumerable.Range(0, Height * Width).Select(p => ((p * 7 % 5) / 10f) + (image >= 12 && MaskOf(image)[p] ? 0.35f + (p % 3 / 10f) : 0))];
}
