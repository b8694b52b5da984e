using System.Text.Json;
using QualityGate.Anomaly.Evaluation;
using QualityGate.Metrics;
using IntervalScale = QualityGate.Anomaly.Evaluation.IntervalScale;

namespace QualityGate.Tests.Anomaly;

public sealed class AnomalyGoldenTests
{
    private const double Close = 1e-12;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Areas_intervals_and_thresholds_are_those_of_scikit_learn(int index)
    {
        JsonElement golden = AnomalyGolden.Root.GetProperty("cases")[index];
        (double[] scores, bool[] truth, _) = Case(golden);
        double auc = golden.GetProperty("auc").GetDouble();
        Assert.Equal(auc, AreaUnderCurve.Of(scores, truth), Close);
        Assert.Equal(golden.GetProperty("averagePrecision").GetDouble(), AreaUnderCurve.AveragePrecision(scores, truth), Close);

        RocCurve curve = RocCurve.Of(scores, truth);
        Assert.Equal(auc, curve.Area, Close);
        Assert.Equal(AnomalyGolden.Numbers(golden.GetProperty("fpr")), curve.Points.Select(p => p.FalsePositiveRate), (a, b) => Math.Abs(a - b) < Close);
        Assert.Equal(AnomalyGolden.Numbers(golden.GetProperty("tpr")), curve.Points.Select(p => p.TruePositiveRate), (a, b) => Math.Abs(a - b) < Close);
        Assert.Equal(AnomalyGolden.Numbers(golden.GetProperty("thresholds")), curve.Points.Skip(1).Select(p => p.Threshold!.Value));

        ConfusionCounts youden = AreaUnderCurve.YoudenThreshold(scores, truth);
        Assert.Equal(golden.GetProperty("youden").GetDouble(), youden.Threshold);
        Assert.Equal(
            AnomalyGolden.Numbers(golden.GetProperty("confusion")),
            (double[])[youden.TrueNegatives, youden.FalsePositives, youden.FalseNegatives, youden.TruePositives]);
        Assert.Equal(golden.GetProperty("f1").GetDouble(), youden.F1, Close);
        Assert.Equal(youden, ConfusionCounts.At(scores, truth, youden.Threshold));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_variance_is_DeLongs_over_all_pairs(int index)
    {
        JsonElement golden = AnomalyGolden.Root.GetProperty("cases")[index];
        (double[] scores, bool[] truth, double[] other) = Case(golden);
        DeLong area = DeLong.Of(scores, truth);
        Assert.Equal(golden.GetProperty("auc").GetDouble(), area.Area, Close);
        Assert.Equal(golden.GetProperty("variance").GetDouble(), area.Variance, Close);
        Same(golden.GetProperty("logit"), AreaInterval.Of(area));
        Same(golden.GetProperty("plain"), AreaInterval.Of(area, scale: IntervalScale.Plain));

        PairedAreas paired = DeLong.Compare(scores, other, truth);
        Assert.Equal(golden.GetProperty("pairedZ").GetDouble(), paired.Z, 1e-10);
        Assert.Equal(golden.GetProperty("pairedP").GetDouble(), paired.P, 1e-10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bins_and_quantiles_are_those_of_numpy(int index)
    {
        JsonElement golden = AnomalyGolden.Root.GetProperty("cases")[index];
        (double[] scores, bool[] truth, _) = Case(golden);
        ScoreHistogram histogram = ScoreHistogram.Of([("all", scores)]);
        Assert.Equal(AnomalyGolden.Numbers(golden.GetProperty("bins")), histogram.Groups[0].Counts.Select(c => (double)c));
        Assert.Equal(golden.GetProperty("quantile").GetDouble(), Distribution.Quantile([.. scores.Where((_, i) => !truth[i]).Order()], 0.95), Close);
    }

    [Fact]
    public void Shares_and_tails_are_those_of_scipy()
    {
        foreach (double[] row in AnomalyGolden.Root.GetProperty("wilson").EnumerateArray().Select(AnomalyGolden.Numbers))
        {
            WilsonShare share = WilsonShare.From((int)row[0], (int)row[1], row[2]);
            Assert.Equal((row[3], row[4]), (share.Low, share.High), (a, b) => Math.Abs(a.Item1 - b.Item1) < Close && Math.Abs(a.Item2 - b.Item2) < Close);
        }

        foreach (double[] row in AnomalyGolden.Root.GetProperty("tails").EnumerateArray().Select(AnomalyGolden.Numbers))
        {
            Assert.Equal(1, NormalDistribution.TwoSidedTail(-row[0]) / row[1], 1e-11);
        }
    }

    [Fact]
    public void Pixels_are_judged_as_scikit_learn_does()
    {
        const int side = 24;
        JsonElement golden = AnomalyGolden.Root.GetProperty("pixels");
        bool[] mask = [.. Enumerable.Range(0, side * side).Select(i => i % side < 9 && i / side < 10)];
        float[] map = [.. AnomalyGolden.Pattern(side * side, 5, 1 / 16.0).Select((v, i) => ((float)Math.Floor(v * 4) / 4) + (mask[i] ? 1.75f : 0))];
        foreach (PixelTally tally in new PixelTally[] { new SortedPixels(map.Length), new BinnedPixels() })
        {
            tally.Add(map, mask);
            PixelCurve curve = PixelCurve.Of(tally)!;
            Assert.Equal(golden.GetProperty("auc").GetDouble(), curve.Auroc, Close);
            Assert.Equal(golden.GetProperty("averagePrecision").GetDouble(), curve.AveragePrecision, Close);
            Assert.Equal(golden.GetProperty("bestOverlap").GetDouble(), curve.BestOverlap, Close);
            Assert.Equal(golden.GetProperty("bestThreshold").GetDouble(), curve.BestThreshold, Close);
        }
    }

    private static (double[] Scores, bool[] Truth, double[] Other) Case(JsonElement golden)
    {
        int count = golden.GetProperty("count").GetInt32(), salt = golden.GetProperty("salt").GetInt32();
        double step = golden.GetProperty("step").GetDouble();
        bool[] truth = AnomalyGolden.Labels(count);
        return (
            AnomalyGolden.Lifted(AnomalyGolden.Pattern(count, salt, step), truth, golden.GetProperty("lift").GetDouble()), truth,
            AnomalyGolden.Lifted(AnomalyGolden.Pattern(count, salt + 7, step), truth, 0.5));
    }

    private static void Same(JsonElement ends, AreaInterval interval)
    {
        Assert.Equal(Math.Max(0, ends[0].GetDouble()), interval.Low, Close);
        Assert.Equal(Math.Min(1, ends[1].GetDouble()), interval.High, Close);
    }
}
