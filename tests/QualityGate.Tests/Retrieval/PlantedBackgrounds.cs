using System.Collections.Concurrent;
using QualityGate.Backgrounds;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Random;
using QualityGate.Specs;

namespace QualityGate.Tests.Retrieval;

/// <summary>
/// Twelve classes of 40 images around directions of their own. In three of them a share of the images (the strength) stands before backgrounds that the three share and
/// that outweigh the object. Both modes have noise of their own, so that queries also change by chance.
/// </summary>
internal static class PlantedBackgrounds
{
    private const int Classes = 12;
    private const int PerClass = 40;
    private const int Seeds = 20;
    private const double Noise = 0.35;
    private static readonly int[] Planted = [2, 5, 9];

    public static string[] PlantedNames { get; } = ["02", "05", "09"];

    private static readonly ConcurrentDictionary<double, BackgroundReport[]> Known = new();

    /// <summary>Audits of seeds from 1 on, with Holm's correction.</summary>
    public static IReadOnlyList<BackgroundReport> Audits(double strength) => Known.GetOrAdd(strength, _ =>
    {
        using MatrixEngine engine = new();
        return [.. Enumerable.Range(1, Seeds).Select(seed => Audit((uint)seed, strength, engine))];
    });

    /// <summary>Share of planted classes that are flagged, and other classes flagged an audit.</summary>
    public static (double Found, double Alarms) Rates(double strength, ManyTests correction)
    {
        int found = 0, alarms = 0;
        foreach (BackgroundReport report in Audits(strength))
        {
            double[] adjusted = PairedTests.Adjust([.. report.Classes.Select(c => c.P)], correction);
            string[] flagged = [.. report.Classes.Where((_, i) => adjusted[i] <= 0.05).Select(c => c.Class)];
            found += flagged.Intersect(PlantedNames).Count();
            alarms += flagged.Except(PlantedNames).Count();
        }

        return ((double)found / (Seeds * Planted.Length), (double)alarms / Seeds);
    }

    private static BackgroundReport Audit(uint seed, double strength, MatrixEngine engine)
    {
        string[] labels = [.. Enumerable.Range(0, Classes * PerClass).Select(i => $"{i / PerClass:00}")];
        MaskedFeatures[] modes = [new("none", Features(seed * 2, strength)), new("hard", Features((seed * 2) + 1, 0))];
        return BackgroundAudit.Evaluate(modes, labels, new BackgroundAuditOptions(), engine, CancellationToken.None);
    }

    // The first columns are classes, the others backgrounds; the j-th image of each planted class stands before background j, so that only the backgrounds are shared.
    private static DenseFeatureMatrix Features(uint seed, double strength)
    {
        const int width = Classes + PerClass, count = Classes * PerClass;
        NumpyRandomState random = new(seed);
        float[] values = [.. Enumerable.Range(0, count * width).Select(_ => (float)(Noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2)))];
        for (int i = 0; i < count; i++)
        {
            int own = i / PerClass, place = i % PerClass;
            values[(i * width) + own] += 1;
            if (Planted.Contains(own) && place < strength * PerClass)
            {
                values[(i * width) + Classes + place] += 2;
            }
        }

        return new DenseFeatureMatrix(values, count, width);
    }
}
