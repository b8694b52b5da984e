using QualityGate.Anomaly.Evaluation;
using QualityGate.Numerics.Random;
using QualityGate.Onnx;

namespace QualityGate.Tests.Anomaly;

public sealed class AreaPropertyTests
{
    public static TheoryData<uint> Seeds => [.. Enumerable.Range(1, 12).Select(i => (uint)i)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Negated_scores_give_one_less_the_area(uint seed)
    {
        (double[] scores, bool[] truth) = Drawn(seed);
        double[] negated = Array.ConvertAll(scores, s => -s);
        Assert.Equal(1 - AreaUnderCurve.Of(scores, truth), AreaUnderCurve.Of(negated, truth), 1e-12);
        Assert.Equal(DeLong.Of(scores, truth).Variance, DeLong.Of(negated, truth).Variance, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Only_the_order_of_scores_matters(uint seed)
    {
        (double[] scores, bool[] truth) = Drawn(seed);
        double[] bent = Array.ConvertAll(scores, s => Math.Exp(s / 3) - 7);
        Assert.Equal(AreaUnderCurve.Of(scores, truth), AreaUnderCurve.Of(bent, truth));
        Assert.Equal(AreaUnderCurve.AveragePrecision(scores, truth), AreaUnderCurve.AveragePrecision(bent, truth));
        Assert.Equal(DeLong.Of(scores, truth).Variance, DeLong.Of(bent, truth).Variance);
        Assert.Equal(AreaUnderCurve.YoudenThreshold(scores, truth).TruePositives, AreaUnderCurve.YoudenThreshold(bent, truth).TruePositives);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_area_is_the_share_of_pairs_in_order_with_half_the_ties(uint seed)
    {
        (double[] scores, bool[] truth) = Drawn(seed);
        double won = 0, pairs = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                if (truth[i] && !truth[j])
                {
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }

        Assert.Equal(won / pairs, AreaUnderCurve.Of(scores, truth), 1e-12);
        Assert.Equal(won / pairs, RocCurve.Of(scores, truth).Area, 1e-12);
        Assert.Equal(won / pairs, DeLong.Of(scores, truth).Area, 1e-12);
    }

    [Fact]
    public void Equal_scores_are_chance_in_one_step()
    {
        double[] scores = [2, 2, 2, 2];
        bool[] truth = [true, false, true, false];
        RocCurve curve = RocCurve.Of(scores, truth);
        Assert.Equal([new RocPoint(0, 0, double.PositiveInfinity), new RocPoint(1, 1, 2)], curve.Points);
        Assert.Equal(0.5, curve.Area);
        AreaInterval interval = AreaInterval.Of(DeLong.Of(scores, truth));
        Assert.Equal("newcombe", interval.Method);
        Assert.True(interval.Low < 0.2 && interval.High > 0.8);
    }

    [Fact]
    public void A_perfect_detector_on_few_images_is_not_certain()
    {
        double[] scores = [1, 2, 3, 4, 5, 6];
        AreaInterval interval = AreaInterval.Of(DeLong.Of(scores, [false, false, false, true, true, true]));
        Assert.Equal((1, "newcombe"), (interval.High, interval.Method));
        Assert.InRange(interval.Low, 0.3, 0.9);

        AreaInterval one = AreaInterval.Of(DeLong.Of(scores, [false, false, false, true, false, false]));
        Assert.InRange(one.High - one.Low, 0.3, 1);
    }

    [Fact]
    public void Of_equally_good_thresholds_the_smallest_is_taken()
    {
        // J = 0.5 at 4 and again at 2.
        ConfusionCounts best = AreaUnderCurve.YoudenThreshold([1, 2, 3, 4], [false, true, false, true]);
        Assert.Equal((2, 0.5), (best.Threshold, best.YoudenJ));
    }

    [Fact]
    public void Scores_of_one_kind_or_without_a_number_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1, 2], [true, true]));
        Assert.Throws<ArgumentException>(() => AreaUnderCurve.Of([1, 2], [false, false]));
        Assert.Throws<ArgumentException>(() => DeLong.Of([1, double.NaN], [false, true]));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1, 2, 3], [false, true]));
    }

    [Fact]
    public void The_same_scores_do_not_differ()
    {
        (double[] scores, bool[] truth) = Drawn(5);
        PairedAreas same = DeLong.Compare(scores, scores, truth);
        Assert.Equal((0, 0, 1), (same.Difference, same.Z, same.P));
        PairedAreas worse = DeLong.Compare(scores, [.. scores.Select((s, i) => truth[i] ? s - 9 : s)], truth);
        Assert.True(worse.Difference > 0.3 && worse.P < 0.01);
    }

    [Theory]
    [InlineData(60, 31u)]
    [InlineData(200, 32u)]
    public void Ninety_five_of_a_hundred_intervals_hold_the_truth(int each, uint seed)
    {
        const int draws = 400;
        const double shift = 1.3;
        double truth = 1 - (NormalDistribution.TwoSidedTail(shift / Math.Sqrt(2)) / 2);
        NumpyRandomState random = new(seed);
        bool[] labels = [.. Enumerable.Range(0, 2 * each).Select(i => i < each)];
        int logit = 0, plain = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            DeLong area = DeLong.Of([.. labels.Select(a => NormalQuantile.At(Math.Max(random.NextDouble(), 1e-16)) + (a ? shift : 0))], labels);
            logit += Holds(AreaInterval.Of(area), truth);
            plain += Holds(AreaInterval.Of(area, scale: IntervalScale.Plain), truth);
        }

        Assert.InRange(logit / (double)draws, 0.92, 0.98);
        Assert.InRange(plain / (double)draws, 0.92, 0.98);
    }

    private static int Holds(AreaInterval interval, double truth) => interval.Low <= truth && truth <= interval.High ? 1 : 0;

    private static (double[] Scores, bool[] Truth) Drawn(uint seed)
    {
        NumpyRandomState random = new(seed);
        bool[] truth = [.. Enumerable.Range(0, 30 + (int)(seed * 9)).Select(i => i < 4 || random.NextDouble() < 0.4)];
        truth[^1] = truth[^2] = false;
        return ([.. truth.Select(a => Math.Floor((random.NextDouble() * 12) + (a ? 2 : 0)))], truth);
    }
}
