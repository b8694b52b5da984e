using QualityGate.Anomaly;
using QualityGate.Anomaly.Evaluation;
using QualityGate.Errors;
using QualityGate.Metrics;

namespace QualityGate.Tests.Anomaly;

public sealed class AnomalyEvaluationTests
{
    [Fact]
    public void Everything_that_labels_masks_and_a_reference_can_say_is_said()
    {
        AnomalyReport report = AnomalyEvaluation.Evaluate(ExampleScores.Reference, ExampleScores.Candidate, ExampleScores.Labels, ExampleScores.Masks);
        Assert.Equal(ExampleScores.Count, report.Images.Count);
        Assert.Equal("reference", report.Threshold!.Source);

        // The reference's scores are 1, 1.025, ... 1.975: the quantile lies at 37.05 steps.
        Assert.Equal(1.92625, report.Rate!.Limit, 1e-6);
        Assert.Equal(8, report.Rate.Share.Count);
        Assert.Equal(8, report.Images.Count(i => i.IsFlagged == true));
        Assert.Equal((8L, 0L), (report.Detection!.AtThreshold.TruePositives, report.Detection.AtThreshold.FalsePositives));
        Assert.Equal("candidate", report.Detection.Against);
        Assert.Equal(["bent", "scratch"], report.Detection.ByClass.Select(c => c.Name));
        Assert.Equal(1, report.Detection.ByClass[1].Area.Value);
        Assert.InRange(report.Detection.ByClass[0].Area.Value, 0.7, 0.99);
        Assert.Equal(["reference", "normal", "anomalous"], report.Histogram.Groups.Select(g => g.Name));
        Assert.Equal([40, 12, 10], report.Histogram.Groups.Select(g => g.Counts.Sum()));
    }

    [Fact]
    public void The_numbers_are_metrics_with_a_direction_and_an_error()
    {
        AnomalyReport report = AnomalyEvaluation.Evaluate(ExampleScores.Reference, ExampleScores.Candidate, ExampleScores.Labels);
        Assert.Equal(["anomaly_auroc", "anomaly_rate", "anomaly", "anomaly_p05", "anomaly_median", "anomaly_p95"], report.Values.Select(v => v.Name));
        Assert.Equal(MetricDirection.Higher, report.Values[0].Direction);
        Assert.All(report.Values.Skip(1), v => Assert.Equal(MetricDirection.Lower, v.Direction));
        Assert.All(report.Values.Take(3), v => Assert.True(v.StandardError > 0));
        Assert.Equal(report.Images.Average(i => (double)i.Score), report.Values[2].Value!.Value, 1e-12);
        Assert.Equal(["anomaly.quantiles", "anomaly.histogram"], report.Tables.Select(t => t.Name));
        Assert.Equal(["anomaly", "residual", "discrimination", "anomalous"], report.Columns().Select(c => c.Name));
        Assert.Equal(true, report.Columns()[3].At(12));
    }

    [Fact]
    public void Without_labels_and_reference_there_are_scores_and_reasons()
    {
        AnomalyReport report = AnomalyEvaluation.Evaluate(null, ExampleScores.Candidate);
        Assert.Null(report.Detection);
        Assert.Null(report.Threshold);
        Assert.Null(report.Rate);
        Assert.All(report.Images, i => Assert.Null(i.IsFlagged));
        Assert.Equal(["no labels say which images are anomalous", "there is no reference to compare with"], report.Values.Take(2).Select(v => v.Error));
        Assert.Equal(["candidate"], report.Histogram.Groups.Select(g => g.Name));
    }

    [Fact]
    public void Anomalies_alone_are_compared_with_the_reference()
    {
        AnomalyLabels bad = new([.. Enumerable.Repeat("bad", ExampleScores.Count)], new HashSet<string>(["good"]));
        AnomalyReport report = AnomalyEvaluation.Evaluate(ExampleScores.Reference, ExampleScores.Candidate, bad);
        Assert.Equal(("reference", 40), (report.Detection!.Against, report.Detection.Area.NormalCount));
        Assert.Contains("no image is labelled as normal", AnomalyEvaluation.Evaluate(null, ExampleScores.Candidate, bad).DetectionReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_without_a_label_count_in_no_area()
    {
        AnomalyLabels some = ExampleScores.Labels with { Classes = [.. ExampleScores.Labels.Classes.Select((c, i) => i % 2 == 0 ? c : null)] };
        AnomalyReport report = AnomalyEvaluation.Evaluate(null, ExampleScores.Candidate, some);
        Assert.Equal((5, 6), (report.Detection!.Area.AnomalousCount, report.Detection.Area.NormalCount));
        Assert.Contains(report.Histogram.Groups, g => g.Name == "candidate" && g.Counts.Sum() == 11);
        Assert.Equal("youden", report.Threshold!.Source);
        Assert.Contains("chosen on the images", report.Notes.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_are_compared_with_masks()
    {
        AnomalyMasks masks = new(i => i == 13 ? null : ExampleScores.Masks.At(i));
        AnomalyReport report = AnomalyEvaluation.Evaluate(ExampleScores.Reference, ExampleScores.Candidate, ExampleScores.Labels, masks);
        PixelReport pixels = report.Pixels!;
        Assert.Equal((21, 1, 9), (pixels.Images, pixels.WithoutMask, pixels.Rows.Count));
        Assert.Equal((21L * 48, 9L * 12), (pixels.Pixels, pixels.AnomalousPixels));
        Assert.Equal(pixels.Curve.BestOverlap, pixels.Overlap, 1e-12);
        Assert.InRange(pixels.Curve.Auroc, 0.85, 0.999);
        Assert.All(pixels.Rows, r => Assert.Equal(12, r.MaskPixels));
        Assert.Equal(pixels.Rows.Average(r => r.Overlap), pixels.MeanOverlap);
        Assert.Contains(report.Notes, n => n.StartsWith("1 anomalous images have no mask", StringComparison.Ordinal));
    }

    [Fact]
    public void A_given_threshold_is_kept()
    {
        AnomalyOptions options = new() { Threshold = 3, PixelThreshold = 0.6f };
        AnomalyReport report = AnomalyEvaluation.Evaluate(ExampleScores.Reference, ExampleScores.Candidate, ExampleScores.Labels, ExampleScores.Masks, options);
        Assert.Equal(new AnomalyThreshold(3, "given"), report.Threshold);
        Assert.Equal(6, report.Images.Count(i => i.IsFlagged == true));
        Assert.Equal(0.6f, report.Pixels!.Threshold);
    }

    [Fact]
    public void A_score_that_is_no_number_names_its_image()
    {
        AnomalyScores broken = ExampleScores.Of(["a", "b"], i => i == 1 ? float.NaN : 1);
        UserErrorException error = Assert.Throws<UserErrorException>(() => AnomalyEvaluation.Evaluate(null, broken));
        Assert.Equal(DataErrors.AnomalyScoreNotFinite, error.Code);
        Assert.Contains("b (candidate)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_of_another_size_names_its_image()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => AnomalyEvaluation.Evaluate(
            null, ExampleScores.Candidate, ExampleScores.Labels, new AnomalyMasks(_ => new bool[7])));
        Assert.Equal(DataErrors.AnomalyMaskSize, error.Code);
        Assert.Contains("test/12.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_small_a_reference_is_told()
    {
        AnomalyScores few = ExampleScores.Of(["a", "b", "c"], i => i);
        Assert.Contains("too few", AnomalyEvaluation.Evaluate(few, ExampleScores.Candidate).Notes.Single(), StringComparison.Ordinal);
    }
}
