using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Specs;
using QualityGate.Studies;
using QualityGate.Tests.Metrics;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Studies;

public sealed class SampleSizeStudyTests
{
    private static readonly FeatureSet Same = GoldenSets.Set(Gaussian(1, 400, 8, 0));
    private static readonly FeatureSet SameAgain = GoldenSets.Set(Gaussian(2, 400, 8, 0));

    [Fact]
    public void The_bias_of_fid_shrinks_with_the_size()
    {
        StudyResult study = Study(["fid"], Same, SameAgain);
        foreach (SizeCurve curve in study.Curves)
        {
            double[] means = [.. curve.Points.Select(p => p[0].Mean!.Value)];
            Assert.True(means.Zip(means.Skip(1)).All(p => p.First > p.Second), string.Join(' ', means));
            Assert.True(means[0] > 3 * means[^1]);
        }

        Assert.Equal((null, null), (study.Sizes.Metrics[0].Reference!.Smallest, study.Sizes.Metrics[0].Candidate!.Smallest));
        Assert.Contains("fid needs more than 400 candidate images: it had not settled within 5 % at 300.", study.Notes);
        Assert.Contains("fid needs more than 400 reference images: it had not settled within 5 % at 300.", study.Notes);
    }

    // Means 3 apart in each of 8 features: FID is 72, and 2 sd are 2 * 2 * 3 * sqrt(8 / n), which is 3.6 at n = 89; five draws know their deviation only roughly.
    [Fact]
    public void A_large_distance_settles_early()
    {
        StudyResult study = Study(["fid"], GoldenSets.Set(Gaussian(1, 1000, 8, 0)), GoldenSets.Set(Gaussian(2, 1000, 8, 3)));
        Assert.InRange(study.Sizes.Metrics[0].Reference!.Smallest!.Value, 50, 500);
        Assert.InRange(study.Sizes.Metrics[0].Candidate!.Smallest!.Value, 50, 500);
        Assert.Empty(study.Notes);
    }

    [Fact]
    public void The_last_row_of_a_curve_is_the_whole_set()
    {
        StudyResult study = Study(["fid", "prdc"], Same, SameAgain);
        double fid = MetricRun.Of("fid", Same, SameAgain)["fid"].Value!.Value;
        Assert.Equal(["sample_size_study.reference", "sample_size_study.candidate", "sample_size_study.smallest"], study.Tables.Select(t => t.Name));
        MetricTable table = study.Tables[0];
        Assert.Equal(["size", "fid mean", "fid sd", "precision mean"], table.Columns.Take(4));
        Assert.Equal([400, fid, null], table.Rows[^1].Take(3));
        Assert.All(table.Rows.SkipLast(1), row => Assert.All(row, value => Assert.NotNull(value)));
        Assert.All(study.Tables, t => Assert.True(t.IsShown && t.Rows.All(r => r.Count == t.Columns.Count)));
        Assert.Equal(["fid", "precision", "recall", "density", "coverage"], study.Tables[^1].RowNames);
    }

    [Fact]
    public void A_seed_gives_the_same_numbers_again_and_another_seed_others()
    {
        StudyOptions options = new() { Seed = 7, Draws = 2 };
        StudyResult first = Study(["prdc"], Same, SameAgain, options), again = Study(["prdc"], Same, SameAgain, options);
        StudyResult other = Study(["prdc"], Same, SameAgain, options with { Seed = 8 });
        Assert.Equal(Numbers(first), Numbers(again));
        Assert.NotEqual(Numbers(first), Numbers(other));
    }

    [Fact]
    public void A_size_at_which_a_metric_is_unavailable_is_not_settled()
    {
        StudyResult study = Study(["kid"], Same, SameAgain, new StudyOptions(), new MetricParameter("kid", "subset_size", "200", null));
        SizeCurve curve = study.Curves[0];
        Assert.All(curve.Sizes.Zip(curve.Points), p => Assert.Equal(p.First >= 200, p.Second[0].Mean is not null));
        Assert.All(curve.Sizes.Zip(curve.Points), p => Assert.Equal(p.First is >= 200 and < 400, p.Second[0].Deviation is not null));
    }

    [Fact]
    public void A_metric_that_ignores_the_reference_needs_none_of_it()
    {
        FeatureSet logits = GoldenSets.Set(Same.Features, GoldenSets.Draw(3, 400, 10, 3, 0));
        StudyResult study = Study(["inception_score"], logits, logits);
        Assert.All(study.Sizes.Metrics, m => Assert.Equal(0, m.Reference!.Smallest));
        Assert.Empty(study.Curves.Single(c => c.Role == "reference").Metrics);
        Assert.Equal(2, study.Curves.Single(c => c.Role == "candidate").Metrics.Count);
    }

    [Fact]
    public void Statistics_alone_cannot_be_studied_and_the_other_set_can()
    {
        FeatureSet statistics = new()
        {
            Source = "statistics",
            Count = 400,
            Fingerprint = "f",
            Moments = new FeatureMoments(new double[8], [.. Enumerable.Range(0, 64).Select(i => i % 9 == 0 ? 1.0 : 0)], 400),
        };
        StudyResult study = Study(["fid"], statistics, SameAgain);
        Assert.Equal("candidate", Assert.Single(study.Curves).Role);
        Assert.Null(study.Sizes.Metrics[0].Reference);
        Assert.Contains("The sample size study leaves the reference out: it holds no features or logits of single images.", study.Notes);
    }

    [Fact]
    public void A_metric_without_a_value_is_left_out()
    {
        StudyResult study = Study(["fid", "kid"], Same, SameAgain);
        Assert.Equal("fid", Assert.Single(study.Sizes.Metrics).Name);
    }

    [Fact]
    public void A_handful_of_images_is_said_to_be_too_few()
    {
        StudyResult study = Study(["fid"], GoldenSets.Set(Gaussian(1, 2, 8, 0)), SameAgain);
        Assert.Contains("fid needs more than 2 reference images: there are too few to draw subsets of.", study.Notes);
    }

    [Fact]
    public void Labels_stay_with_their_images()
    {
        FeatureSet labelled = Same with { Labels = [.. Enumerable.Range(0, 400).Select(i => $"{i}")] };
        FeatureSet some = RowSubset.Of(labelled, [7, 399]);
        Assert.Equal(["7", "399"], some.Labels!);
        Assert.Equal(Same.Features!.Row(399).ToArray(), some.Features!.Row(1).ToArray());
    }

    private static double?[] Numbers(StudyResult study) => [.. study.Tables.SelectMany(t => t.Rows).SelectMany(r => r)];

    private static StudyResult Study(string[] families, FeatureSet reference, FeatureSet candidate, StudyOptions? options = null, params MetricParameter[] parameters)
    {
        IMetricFamily[] wanted = [.. families.Select(f => MetricRegistry.Find(f)!)];
        MetricInputs inputs = new(reference, candidate, new PlainProducts());
        MeasuredMetrics full = MetricRegistry.Compute(wanted, parameters, inputs, CancellationToken.None);
        return new SampleSizeStudy(wanted, parameters, options ?? new StudyOptions()).Run(inputs, full.Values, CancellationToken.None);
    }

    private static DenseFeatureMatrix Gaussian(int seed, int count, int width, double shift)
    {
        System.Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return new DenseFeatureMatrix([.. Enumerable.Range(0, count * width).Select(_ => (float)(Normal() + shift))], count, width);
    }
}
