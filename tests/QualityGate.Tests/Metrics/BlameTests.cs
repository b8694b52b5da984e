using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class BlameTests
{
    [Fact]
    public void Images_that_moved_a_metric_the_wrong_way_are_named_the_worst_first()
    {
        Blame blame = Assert.Single(Blame.Of([Value("fid", MetricDirection.Lower, [], [3, -4, 1, 0])], Set(0), Set(4)));
        Assert.Equal(["0.png", "2.png"], blame.Candidate.Images.Select(image => image.Id));
        Assert.Equal([1, 1.0 / 3], blame.Candidate.Images.Select(image => image.Contribution));
        Assert.Equal([0.75, 0.25], blame.Candidate.Images.Select(image => image.Share));
        Assert.Equal((2, 4.0 / 3), (blame.Candidate.Count, blame.Candidate.Total));
        Assert.Equal(BlamedSide.None, blame.Reference);
    }

    [Fact]
    public void Where_higher_is_better_the_wrong_way_is_down() =>
        Assert.Equal(["1.png"], Blame.Of([Value("precision", MetricDirection.Higher, [], [3, -3, 0])], Set(0), Set(3))[0].Candidate.Images.Select(image => image.Id));

    [Fact]
    public void Of_images_that_a_metric_treats_alike_those_come_first_that_others_blame()
    {
        IReadOnlyList<Blame> blame = Blame.Of(
            [Value("precision", MetricDirection.Higher, [], [-1, -1, -1, 3]), Value("density", MetricDirection.Higher, [], [-1, -3, -2, 6])], Set(0), Set(4));
        Assert.Equal(["1.png", "2.png", "0.png"], blame[0].Candidate.Images.Select(image => image.Id));
    }

    [Fact]
    public void Only_the_side_at_fault_is_blamed()
    {
        IReadOnlyList<Blame> blame = Blame.Of(
            [Value("coverage", MetricDirection.Higher, [-1, 1], [-1, 1]), Value("precision", MetricDirection.Higher, [-1, 1], [-1, 1])], Set(2), Set(2));
        Assert.Equal((1, 0), (blame[0].Reference.Count, blame[0].Candidate.Count));
        Assert.Equal((0, 1), (blame[1].Reference.Count, blame[1].Candidate.Count));
    }

    [Fact]
    public void No_more_than_twenty_are_named_and_the_rest_are_counted()
    {
        double[] influence = [.. Enumerable.Range(0, 99).Select(_ => 1.0), -99];
        BlamedSide side = Blame.Of([Value("fid", MetricDirection.Lower, [], influence)], Set(0), Set(100))[0].Candidate;
        Assert.Equal((99, Blame.MostImages), (side.Count, side.Images.Count));
        Assert.Equal(1.0, side.Total, 12);
    }

    [Fact]
    public void Images_new_since_the_baseline_are_marked_when_that_is_known()
    {
        MetricValue[] values = [Value("fid", MetricDirection.Lower, [], [3, 1, -4])];
        Assert.Equal([false, true], Blame.Of(values, Set(0), Set(3), row => row == 1)[0].Candidate.Images.Select(image => image.IsNew));
        Assert.All(Blame.Of(values, Set(0), Set(3))[0].Candidate.Images, image => Assert.Null(image.IsNew));
    }

    [Fact]
    public void Leaving_out_the_blamed_brings_what_influences_promise_of_a_mean()
    {
        FeatureSet reference = Cloud(200, 0, 1), candidate = Cloud(100, 1.2f, 2);
        MetricValue precision = MetricRun.Of("prdc", reference, candidate)["precision"];
        WhatIf what = WhatIf.Drop(precision, new MetricInputs(reference, candidate, new PlainProducts()), [], 0.1, CancellationToken.None)!;
        Assert.Equal((10, 100), (what.Dropped, what.CandidateCount));
        Assert.Equal(what.Predicted, what.Measured, 12);
        Assert.True(what.Measured > what.Before + 0.01, $"{what}");
    }

    private static MetricValue Value(string name, MetricDirection direction, double[] reference, double[] candidate) => new()
    {
        Name = name,
        Direction = direction,
        Value = 1,
        Convention = "test",
        Influence = new MetricInfluence(reference, candidate),
    };

    private static FeatureSet Set(int count) => new() { Source = "set", Count = count, Fingerprint = "", Ids = [.. Enumerable.Range(0, count).Select(i => $"{i}.png")] };

    private static FeatureSet Cloud(int count, float shift, int seed)
    {
        Random random = new(seed);
        float[] values = [.. Enumerable.Range(0, count * 3).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble()) + shift)];
        return new FeatureSet { Source = "cloud", Count = count, Fingerprint = $"{seed}", Features = new DenseFeatureMatrix(values, count, 3) };
    }
}
