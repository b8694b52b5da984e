using System.Security.Cryptography;
using QualityGate.Baselines;
using QualityGate.Features;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Specs;

namespace QualityGate.Tests.Gates;

/// <summary>The mean of one number an image stands for a metric: its influences are known, and so is its noise.</summary>
public sealed class ChangeNoiseTests
{
    private const int Repetitions = 2000;

    [Fact]
    public void The_same_images_have_no_noise_in_whatever_order_they_lie()
    {
        double[] values = Draw(50, seed: 1);
        int[] other = [.. Enumerable.Range(0, 50).OrderBy(i => (i * 37) % 50)];

        ChangeNoise noise = NoiseOf(values, [.. Enumerable.Range(0, 50)], [.. other.Select(i => values[i])], other);

        Assert.Equal((0.0, 50), (noise.StandardError, noise.SharedImages));
    }

    [Fact]
    public void Unrelated_images_have_the_noise_of_both_sets()
    {
        double[] before = Draw(40, seed: 2), now = Draw(60, seed: 3);

        ChangeNoise noise = NoiseOf(before, [.. Enumerable.Range(0, 40)], now, [.. Enumerable.Range(100, 60)]);

        Assert.Equal(Math.Sqrt(Squared(before) + Squared(now)), noise.StandardError, 1e-6);
        Assert.Equal(0, noise.SharedImages);
    }

    [Fact]
    public void Shared_images_take_their_part_of_the_noise_away()
    {
        // 30 of 40 stay: only the ten that left and the ten that came move the mean.
        double[] before = Draw(40, seed: 4), came = Draw(10, seed: 5);
        double[] now = [.. before.Take(30), .. came];

        ChangeNoise noise = NoiseOf(before, [.. Enumerable.Range(0, 40)], now, [.. Enumerable.Range(0, 30), .. Enumerable.Range(200, 10)]);

        double meanBefore = before.Average(), meanNow = now.Average();
        double moved = before.Skip(30).Sum(v => Math.Pow(v - meanBefore, 2)) + came.Sum(v => Math.Pow(v - meanNow, 2))
            + before.Take(30).Sum(v => Math.Pow(meanBefore - meanNow, 2));
        Assert.Equal(Math.Sqrt(moved / (40 * 39)), noise.StandardError, 1e-6);
        Assert.Equal(30, noise.SharedImages);
    }

    [Fact]
    public void The_reference_counts_once_when_it_is_the_same()
    {
        MetricInfluence influence = new(Centred(Draw(20, seed: 6)), Centred(Draw(30, seed: 7)));
        AcceptedImages before = new(Hashes(Enumerable.Range(0, 30)), Hashes(Enumerable.Range(500, 20)), Kept(influence));
        ImageOverlap overlap = ImageOverlap.Of(before, Set(Enumerable.Range(500, 20)), Set(Enumerable.Range(100, 30)))!;

        ChangeNoise noise = ChangeNoise.Of(Measured(0, influence), Accepted(0, influence), 30, overlap)!;

        Assert.Equal(Math.Sqrt(2 * MetricInfluence.Variance(influence.Candidate)), noise.StandardError, 1e-6);
    }

    [Fact]
    public void Without_the_images_the_candidates_count_as_independent_and_the_reference_as_given()
    {
        ChangeNoise noise = ChangeNoise.Of(Measured(0, null) with { StandardError = 3, CandidateError = 0.3 }, Accepted(0, null) with { StandardError = 4, CandidateError = 0.4 }, 30, null)!;
        ChangeNoise others = ChangeNoise.Of(
            Measured(0, null) with { StandardError = 3, CandidateError = 0.3 }, Accepted(0, null) with { StandardError = 4, CandidateError = 0.4 }, 30, null, sharesReference: false)!;

        Assert.Equal((0.5, 5.0), (noise.StandardError, others.StandardError));
    }

    [Fact]
    public void Without_the_images_the_runs_count_as_independent()
    {
        ChangeNoise noise = ChangeNoise.Of(Measured(0, null) with { StandardError = 0.3 }, Accepted(0, null) with { StandardError = 0.4 }, 30, null)!;

        Assert.Equal((0.5, null), (noise.StandardError, noise.SharedImages));
        Assert.Null(ChangeNoise.Of(Measured(0, null), Accepted(0, null) with { StandardError = 0.4 }, 30, null));
    }

    [Fact]
    public void Copies_of_an_image_are_met_once_each() =>
        Assert.Equal([0, 1, -1, 2], SharedImages.Partners(Hashes([7, 7, 7, 8]), Hashes([7, 7, 8])));

    [Theory]
    [InlineData(0.5, Verdict.Pass)]
    [InlineData(0.3, Verdict.Inconclusive)]
    [InlineData(0.1, Verdict.Inconclusive)]
    [InlineData(0.003, Verdict.Fail)]
    public void A_limit_inside_the_interval_is_inconclusive(double limit, Verdict expected)
    {
        // 0.2 +- 0.196.
        ChangeNoise noise = new() { StandardError = 0.1, Images = 100, Lasting = 0.005 };
        Assert.Equal(expected, Judge(Limit(GateRule.MaxIncrease, limit), 1.2, 1, noise).Verdict);
        Assert.Equal(expected, Judge(Limit(GateRule.MaxDecrease, limit), 0.8, 1, noise).Verdict);
        Assert.Equal(expected, Judge(Limit(GateRule.MaxIncrease, limit) with { IsRelative = true }, 1.2, 1, noise).Verdict);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_error_that_is_no_number_leaves_the_value_to_decide(double error)
    {
        Assert.Equal(Verdict.Fail, Judge(Limit(GateRule.MaxIncrease, 0.1), 1.2, 1, new ChangeNoise { StandardError = error, Images = 100 }).Verdict);
        Assert.Equal(Verdict.Pass, Judge(Limit(GateRule.MaxIncrease, 0.3), 1.2, 1, new ChangeNoise { StandardError = error, Images = 100 }).Verdict);
    }

    [Fact]
    public void The_message_says_how_many_images_would_decide_it()
    {
        ChangeNoise noise = new() { StandardError = 0.1, Images = 100, Lasting = 0.001 };

        GateResult gate = Judge(Limit(GateRule.MaxIncrease, 0.1), 1.2, 1, noise);

        // 0.1 / 1.96 squared is 0.0026, of which 0.001 is not the candidate's: 0.009 / 0.0016 = 5.6 times the images.
        Assert.Equal(462, gate.Change!.MoreImages);
        Assert.Equal(
            "coverage is 1.2, 0.2 above the baseline 1; at most 0.1 allowed (max_increase); change between +0.004004 and +0.396 at 95%, so it cannot be told; about 470 more candidate images would decide it",
            gate.Message);
        Assert.Equal(Verdict.Fail, Judge(Limit(GateRule.MaxIncrease, 0.1), 1.2, 1, noise with { StandardError = Math.Sqrt(0.001 + (0.009 * 100 / 563)) }).Verdict);
    }

    [Fact]
    public void Where_more_candidate_images_would_not_help_the_message_says_so()
    {
        GateResult gate = Judge(Limit(GateRule.MaxIncrease, 0.1), 1.2, 1, new ChangeNoise { StandardError = 0.1, Images = 100, Lasting = 0.009 });

        Assert.Null(gate.Change!.MoreImages);
        Assert.EndsWith("more candidate images alone would not decide it, a baseline measured on more images might", gate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_only_warns_never_fails_the_run_for_being_inconclusive()
    {
        ChangeNoise noise = new() { StandardError = 0.1, Images = 100 };
        GateResult warns = Judge(Limit(GateRule.MaxIncrease, 0.1) with { Level = GateLevel.Warn }, 1.2, 1, noise);
        GateResult fails = Judge(Limit(GateRule.MaxIncrease, 0.1), 1.2, 1, noise);

        Assert.Equal(Verdict.Inconclusive, GateJudge.Overall([warns], OnInconclusive.Fail));
        Assert.Equal(Verdict.Fail, GateJudge.Overall([fails], OnInconclusive.Fail));
    }

    [Fact]
    public void Classes_share_the_chance_of_a_false_alarm()
    {
        // 2.4 standard errors: beyond the limit for one class, not for one of ten.
        GateLimit limit = Limit(GateRule.MaxIncrease, 0) with { Scope = GateScope.EachClass };
        ClassValues[] classes = [.. Enumerable.Range(0, 10).Select(i => Class($"c{i}", 1.24))];

        Assert.All(GateJudge.Judge([limit], Now("coverage", 1), Then("coverage", 1), classes), g => Assert.Equal(Verdict.Inconclusive, g.Verdict));
        Assert.Equal(Verdict.Fail, Assert.Single(GateJudge.Judge([limit], Now("coverage", 1), Then("coverage", 1), [Class("one", 1.24)])).Verdict);
    }

    [Fact]
    public void The_worst_class_is_the_one_that_fails_and_not_the_one_that_is_unsure()
    {
        GateLimit limit = Limit(GateRule.MaxIncrease, 0) with { Scope = GateScope.WorstClass };
        ClassValues unsure = Class("unsure", 1.5) with { Noise = new Dictionary<string, ChangeNoise> { ["coverage"] = new() { StandardError = 1, Images = 10 } } };

        GateResult worst = Assert.Single(GateJudge.Judge([limit], Now("coverage", 1), Then("coverage", 1), [unsure, Class("sure", 1.4)]));

        Assert.Equal(("sure", Verdict.Fail), (worst.Class, worst.Verdict));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    public void A_limit_at_the_true_change_fails_no_more_often_than_is_said(int shared)
    {
        // Two sets of one kind: the true change is 0. At 95 % at most 2.5 % may fail; three standard errors of that share over 2,000 repetitions are 1 %.
        Random random = new(11);
        int failed = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            double[] before = Draw(200, random), came = Draw(200 - shared, random);
            double[] now = [.. before.Take(shared), .. came];
            ChangeNoise noise = NoiseOf(before, [.. Enumerable.Range(0, 200)], now, [.. Enumerable.Range(0, shared), .. Enumerable.Range(1000, 200 - shared)]);
            failed += Judge(Limit(GateRule.MaxIncrease, 0), now.Average(), before.Average(), noise).Verdict == Verdict.Fail ? 1 : 0;
        }

        Assert.InRange((double)failed / Repetitions, 0.01, 0.036);
    }

    private static ChangeNoise NoiseOf(double[] before, int[] idsBefore, double[] now, int[] idsNow)
    {
        MetricInfluence then = new([], Centred(before)), today = new([], Centred(now));
        AcceptedImages images = new(Hashes(idsBefore), Hashes([0]), Kept(then));
        ImageOverlap overlap = ImageOverlap.Of(images, Set([0]), Set(idsNow))!;
        return ChangeNoise.Of(Measured(now.Average(), today), Accepted(before.Average(), then), now.Length, overlap)!;
    }

    private static Dictionary<string, MetricInfluence> Kept(MetricInfluence influence) => new() { ["coverage"] = AcceptedImages.Rounded(influence) };

    private static MetricValue Measured(double value, MetricInfluence? influence) => new()
    {
        Name = "coverage",
        Value = value,
        Direction = MetricDirection.Higher,
        Convention = "prdc",
        Influence = influence,
        StandardError = influence?.StandardError(),
    };

    private static AcceptedMetric Accepted(double value, MetricInfluence? influence) => new()
    {
        Name = "coverage",
        Value = value,
        Direction = MetricDirection.Higher,
        Convention = "prdc",
        StandardError = influence?.StandardError(),
    };

    private static ClassValues Class(string name, double value) => new(name, Now("coverage", value), Then("coverage", 1))
    {
        Noise = new Dictionary<string, ChangeNoise> { ["coverage"] = new() { StandardError = 0.1, Images = 10 } },
    };

    private static Dictionary<string, MetricValue> Now(string name, double value) => new() { [name] = Measured(value, null) };

    private static Dictionary<string, double> Then(string name, double value) => new() { [name] = value };

    private static GateLimit Limit(GateRule rule, double limit) => new("coverage", rule, limit, false, GateLevel.Error, null);

    private static GateResult Judge(GateLimit limit, double value, double baseline, ChangeNoise noise) => Assert.Single(GateJudge.Judge(
        [limit], Now("coverage", value), Then("coverage", baseline), noise: new Dictionary<string, ChangeNoise> { ["coverage"] = noise }));

    private static FeatureSet Set(IEnumerable<int> ids)
    {
        byte[] hashes = Hashes(ids);
        int count = hashes.Length / AcceptedImages.HashBytes;
        return new FeatureSet { Source = "set", Count = count, Fingerprint = "sha256:0", Hashes = hashes, Features = new DenseFeatureMatrix(new float[count], count, 1) };
    }

    private static byte[] Hashes(IEnumerable<int> ids) => [.. ids.SelectMany(id => SHA256.HashData(BitConverter.GetBytes(id)))];

    private static double[] Centred(double[] values)
    {
        double mean = values.Average();
        return Array.ConvertAll(values, v => v - mean);
    }

    private static double Squared(double[] values) => MetricInfluence.Variance(Centred(values));

    private static double[] Draw(int count, int seed) => Draw(count, new Random(seed));

    private static double[] Draw(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
