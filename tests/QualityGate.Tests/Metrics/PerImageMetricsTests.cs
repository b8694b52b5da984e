using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Specs;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class PerImageMetricsTests
{
    [Fact]
    public void Columns_say_of_each_image_what_the_metrics_say_of_all()
    {
        FeatureSet reference = GoldenSets.Set(GoldenSets.Reference), candidate = GoldenSets.Set(GoldenSets.Candidate);
        PerImageScores scores = Compute(reference, candidate);
        Assert.Equal(48, scores.Candidate.Count);
        Assert.Equal(64, scores.Reference.Count);

        // Authors' code: image 3 is outside; the first scores of the others; realism of the first three; authpct 75.
        Assert.Equal([true, true, false, true], Take(scores.Candidate, "in_manifold", 4));
        Assert.Equal(3.209973537789814, (double)At(scores.Candidate, "rarity", 0)!, 1e-6);
        Assert.Null(At(scores.Candidate, "rarity", 2));
        Assert.Equal(1.487560688647534, (double)At(scores.Candidate, "realism", 1)!, 1e-6);
        Assert.Equal(0.75, Take(scores.Candidate, "authentic", 48).Count(value => value is true) / 48.0);

        // Coverage at k = 5 is 0.890625 of 64.
        Assert.Equal(57, Take(scores.Reference, "covered_by", 64).Count(value => value is not null));
        Assert.All(
            Enumerable.Range(0, 64),
            i => Assert.Equal((int)At(scores.Reference, "candidates_in_ball", i)! > 0, At(scores.Reference, "covered_by", i) is not null));
    }

    [Fact]
    public void A_copy_is_named_with_what_it_copies()
    {
        FeatureMatrixPair(out FeatureSet reference, out FeatureSet candidate);
        PerImageScores scores = Compute(reference, candidate);
        Assert.Equal("r5.png", At(scores.Candidate, "duplicate_of", 1));
        Assert.Equal("r5.png", At(scores.Candidate, "nearest_reference", 1));
        Assert.Equal(0.0, At(scores.Candidate, "nearest_distance", 1));
        Assert.Null(At(scores.Candidate, "duplicate_of", 0));
        Assert.Equal("c1.png", At(scores.Reference, "covered_by", 5));
    }

    [Fact]
    public void Parameters_of_the_families_hold_for_single_images_too()
    {
        FeatureSet reference = GoldenSets.Set(GoldenSets.Reference), candidate = GoldenSets.Set(GoldenSets.Candidate);
        PerImageScores small = Compute(reference, candidate, new MetricParameter("rarity", "k", "1", null));
        PerImageScores large = Compute(reference, candidate, new MetricParameter("rarity", "k", "20", null));
        Assert.True(Inside(large) > Inside(small));
        static int Inside(PerImageScores scores) => Take(scores.Candidate, "in_manifold", 48).Count(value => value is true);
    }

    [Fact]
    public void Too_few_images_are_said()
    {
        FeatureSet few = GoldenSets.Set(GoldenSets.Draw(1, 5, 4, 1, 0));
        UserErrorException error = Assert.Throws<UserErrorException>(() => Compute(few, few));
        Assert.Equal("there are no scores of single images: k = 5 needs more than 5 images in each set; the reference has 5", error.Message);
    }

    private static void FeatureMatrixPair(out FeatureSet reference, out FeatureSet candidate)
    {
        float[] values = new float[20 * 16];
        GoldenSets.Candidate.CopyRows(0, 20, values);
        GoldenSets.Reference.Row(5).CopyTo(values.AsSpan(16));
        reference = GoldenSets.Set(GoldenSets.Reference) with { Ids = [.. Enumerable.Range(0, 64).Select(i => $"r{i}.png")] };
        candidate = GoldenSets.Set(new QualityGate.Numerics.DenseFeatureMatrix(values, 20, 16)) with { Ids = [.. Enumerable.Range(0, 20).Select(i => $"c{i}.png")] };
    }

    private static PerImageScores Compute(FeatureSet reference, FeatureSet candidate, params MetricParameter[] parameters)
    {
        MetricInputs inputs = new(reference, candidate, new PlainProducts());
        PerImageMetrics.Ask(inputs, parameters);
        return PerImageMetrics.Compute(inputs, parameters, CancellationToken.None);
    }

    private static object? At(PerImageSide side, string column, int row) => side.Columns.Single(c => c.Name == column).At(row);

    private static object?[] Take(PerImageSide side, string column, int count) => [.. Enumerable.Range(0, count).Select(i => At(side, column, i))];
}
