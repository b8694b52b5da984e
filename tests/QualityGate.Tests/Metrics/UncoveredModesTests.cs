using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class UncoveredModesTests
{
    private static readonly string[] Kinds = ["bag", "boot", "coat", "shirt"];

    [Fact]
    public void Two_missing_kinds_are_two_modes_with_their_names_and_a_middle()
    {
        FeatureSet reference = Draw(40, [0, 1, 2, 3], 1), candidate = Draw(40, [0, 2], 2);
        UncoveredModes modes = Of(reference, candidate)!;
        Assert.InRange(modes.Count, 80, 90);
        Assert.Equal(160, modes.ReferenceCount);
        Assert.Equal(["boot", "shirt"], modes.Modes.Take(2).Select(mode => mode.Class).Order());
        Assert.All(modes.Modes.Take(2), mode => Assert.Equal((40, 40), (mode.OfClass, Math.Min(mode.Count, 40))));
        Assert.Equal([("boot", 40, 40), ("shirt", 40, 40)], modes.Classes.Take(2).Select(c => (c.Name, c.Count, c.ReferenceCount)));
        Assert.All(modes.Modes, mode => Assert.Equal($"{mode.Index}.png", mode.Id));
        Assert.Equal(modes.Count, modes.Modes.Sum(mode => mode.Count));
        Assert.All(modes.Modes, mode => Assert.InRange(mode.Examples.Count, 0, UncoveredModes.MostExamples));
    }

    [Fact]
    public void One_missing_kind_is_one_mode()
    {
        UncoveredModes modes = Of(Draw(40, [0, 1], 3), Draw(80, [0], 4))!;
        Assert.Equal(("boot", 40), (modes.Modes[0].Class, modes.Modes[0].OfClass));
        Assert.InRange(modes.Modes[0].Share, 0.5, 0.7);
    }

    [Fact]
    public void A_set_that_covers_everything_lacks_nothing()
    {
        FeatureSet set = Draw(30, [0, 1], 5);
        UncoveredModes modes = Of(set, set)!;
        Assert.Equal(0, modes.Count);
        Assert.Empty(modes.Modes);
        Assert.Empty(modes.Classes);
    }

    [Fact]
    public void Without_labels_and_paths_modes_have_neither()
    {
        FeatureSet reference = Draw(40, [0, 1], 6) with { Labels = null, Ids = null };
        UncoveredMode mode = Of(reference, Draw(40, [0], 7))!.Modes[0];
        Assert.Null(mode.Class);
        Assert.Null(mode.Id);
        Assert.Empty(mode.Examples);
    }

    [Fact]
    public void The_same_sets_give_the_same_modes()
    {
        FeatureSet reference = Draw(60, [0, 1, 2, 3], 8), candidate = Draw(60, [3], 9);
        UncoveredModes first = Of(reference, candidate)!;
        Parallel.For(0, 4, _ => Assert.Equal(
            first.Modes.Select(mode => (mode.Count, mode.Index, mode.Class)), Of(reference, candidate)!.Modes.Select(mode => (mode.Count, mode.Index, mode.Class))));
    }

    private static UncoveredModes? Of(FeatureSet reference, FeatureSet candidate)
    {
        MetricInputs inputs = new(reference, candidate, new PlainProducts());
        MetricRegistry.Compute([MetricRegistry.Find("prdc")!], [], inputs, CancellationToken.None);
        return UncoveredModes.Of(inputs, [], CancellationToken.None);
    }

    // A tight cloud a kind, far from the others.
    private static FeatureSet Draw(int each, int[] kinds, int seed)
    {
        Random random = new(seed);
        const int width = 6;
        int count = each * kinds.Length;
        float[] values = [.. Enumerable.Range(0, count * width).Select(i => (float)random.NextDouble() + (i % width == kinds[i / width / each] ? 20 : 0))];
        return new FeatureSet
        {
            Source = "kinds",
            Count = count,
            Fingerprint = $"{seed}",
            Features = new DenseFeatureMatrix(values, count, width),
            Ids = [.. Enumerable.Range(0, count).Select(i => $"{i}.png")],
            Labels = [.. Enumerable.Range(0, count).Select(i => Kinds[kinds[i / each]])],
        };
    }
}
