using System.Security.Cryptography;
using QualityGate.Baselines;
using QualityGate.Calibration;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;

namespace QualityGate.Tests.Calibration;

public sealed class CalibrationStudyTests
{
    private static readonly FeatureSet Real = Gaussian(1, 300, 0);
    private static readonly FeatureSet Made = Gaussian(2, 200, 1);
    private static readonly GateLimit Rise = GaussianPairs.Limit(GateRule.MaxIncrease, 0);
    private static readonly GateLimit Fall = GaussianPairs.Limit(GateRule.MaxDecrease, 0, "coverage");

    /// <summary>The must-show: halves of one set, a limit of nothing, and the error that metrics know of themselves.</summary>
    [Fact]
    public void Two_random_halves_of_one_set_fail_a_limit_of_zero_no_more_often_than_stated()
    {
        CalibrationResult result = Run(Real, Gaussian(3, 200, 0), 200, Rise, Fall);
        Assert.Equal(["candidate", "reference"], result.Nulls.Select(n => n.Plan.Name));
        foreach (NullResult drawn in result.Nulls)
        {
            Assert.All(drawn.Metrics, m => Assert.NotNull(m.Error));

            // 2.5 % of 200 are 5; more than 11 would be seen once in 200 such tests.
            Assert.All(drawn.Gates, g => Assert.InRange(g.Breached, 0, 11));
        }
    }

    [Fact]
    public void A_null_says_what_was_drawn()
    {
        CalibrationResult result = Run(Real, Made, 10, Rise);
        Assert.Equal((NullKind.Candidate, 300, 100, 0.5), (result.Nulls[0].Plan.Kind, result.Nulls[0].Plan.ReferenceCount, result.Nulls[0].Plan.RunCount, result.Nulls[0].Plan.Share));
        Assert.Equal((NullKind.Reference, 128, 85), (result.Nulls[1].Plan.Kind, result.Nulls[1].Plan.ReferenceCount, result.Nulls[1].Plan.RunCount));
        Assert.Equal((10, 300, 200), (result.Nulls[0].Draws, result.Reference.Count, result.Candidate!.Count));
    }

    [Fact]
    public void The_spread_of_halves_is_that_of_fresh_sets_of_the_whole_size()
    {
        double spread = Run(Real, Made, 100, Rise).Nulls[0].Metrics[0].Change.Deviation;
        double[] fresh = [.. Enumerable.Range(0, 60).Select(i => Fid(Real, Gaussian(1000 + i, 200, 1)))];
        double expected = Math.Sqrt(2) * Spread.Of(fresh).Deviation;
        Assert.InRange(spread / expected, 0.7, 1.4);
    }

    [Fact]
    public void A_seed_gives_the_same_bytes_again_and_another_seed_others()
    {
        string first = Json(Run(Real, Made, 10, Rise, Fall));
        Assert.Equal(first, Json(Run(Real, Made, 10, Rise, Fall)));
        Assert.NotEqual(first, Json(new CalibrationStudy(GaussianPairs.Spec(Rise, Fall), Families("fid", "coverage"), GaussianPairs.Options(10) with { Seed = 1 }).Run(Real, Made, null, new MatrixEngine(), default)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Threads_change_nothing(int threads)
    {
        using MatrixEngine engine = new(threads);
        Assert.Equal(Json(Run(Real, Made, 10, Rise, Fall)), Json(new CalibrationStudy(GaussianPairs.Spec(Rise, Fall), Families("fid", "coverage"), GaussianPairs.Options(10)).Run(Real, Made, null, engine, default)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_order_of_files_changes_nothing(bool withHashes)
    {
        int[] turned = [.. Enumerable.Range(0, 300).Select(i => (i * 7) % 300)], turnedMade = [.. Enumerable.Range(0, 200).Select(i => (i * 7) % 200)];
        FeatureSet real = withHashes ? Hashed(Real) : Real, made = withHashes ? Hashed(Made) : Made;
        CalibrationResult first = Run(real, made, 10, Rise, Fall);
        CalibrationResult other = Run(RowSubset.Of(real, turned) with { Fingerprint = real.Fingerprint }, RowSubset.Of(made, turnedMade) with { Fingerprint = made.Fingerprint }, 10, Rise, Fall);
        Assert.Equal(Json(first), Json(other));
    }

    [Fact]
    public void Without_a_candidate_the_reference_alone_is_drawn_and_a_note_says_so()
    {
        CalibrationResult result = Run(Real, null, 10, Rise);
        Assert.Equal(["reference"], result.Nulls.Select(n => n.Plan.Name));
        Assert.Equal((100, 100), (result.Nulls[0].Plan.ReferenceCount, result.Nulls[0].Plan.RunCount));
        Assert.Contains(result.Notes, n => n.StartsWith("There is no candidate", StringComparison.Ordinal));
        Assert.Equal(["max", "max_increase"], result.Proposals.Select(p => QualityGate.Gates.GateRules.NameOf(p.Rule)));
    }

    [Fact]
    public void Too_few_images_are_a_clear_error()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(Gaussian(1, 25, 0), Made, 10, Rise));
        Assert.Equal("QG4090", error.Code.Id);
        Assert.Contains("has 25 images", error.Message, StringComparison.Ordinal);
        Assert.Equal("QG4090", Assert.Throws<UserErrorException>(() => Run(Real, Gaussian(1, 19, 0), 10, Rise)).Code.Id);
    }

    [Fact]
    public void Moments_alone_cannot_be_drawn_from()
    {
        FeatureSet moments = Real with { Features = null, Moments = new FeatureMoments(new double[8], new double[64], 300) };
        Assert.Equal("QG4090", Assert.Throws<UserErrorException>(() => Run(moments, Made, 10, Rise)).Code.Id);
    }

    [Fact]
    public void A_metric_that_parts_are_too_small_for_is_an_error_alone_and_a_note_beside_others()
    {
        GateLimit neighbours = GaussianPairs.Limit(GateRule.Min, 0.1, "coverage");
        GateSpec spec = GaussianPairs.Spec(neighbours) with { MetricParameters = [new MetricParameter("prdc", "k", "150", null)] };
        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(spec, Families("coverage")));
        Assert.Equal("QG4091", error.Code.Id);
        Assert.Contains("k = 150", error.Message, StringComparison.Ordinal);
        CalibrationResult both = Run(spec with { Gates = [neighbours, Rise] }, Families("fid", "coverage"));
        Assert.Null(both.Gates[0].SmallestChange);
        Assert.Contains(both.Notes, n => n.StartsWith("coverage min was not judged: ", StringComparison.Ordinal));
        Assert.Equal(["fid"], both.Proposals.Select(p => p.Metric).Distinct());
    }

    [Fact]
    public void Gates_per_class_are_judged_in_classes()
    {
        FeatureSet real = Real with { Labels = [.. Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? "boot" : "coat")] };
        FeatureSet made = Made with { Labels = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? "boot" : "coat")] };
        GateLimit worst = Fall with { Scope = GateScope.WorstClass };
        CalibrationResult result = Run(real, made, 10, worst);
        Assert.Equal(worst, result.Nulls[0].Gates[0].Limit);
        Assert.Contains(result.Gates[0].Class, new[] { "boot", "coat" });
        Assert.True(result.Gates[0].SmallestChange > 0);
    }

    [Fact]
    public void A_value_beyond_its_limit_is_no_false_alarm_and_a_note_says_so()
    {
        CalibrationResult result = Run(Real, Made, 10, GaussianPairs.Limit(GateRule.Max, 0.001));
        Assert.Equal(10, result.Nulls[0].RunsFailed);
        Assert.Contains("fid max: the candidate's own value lies beyond the limit, so these alarms are not false.", result.Notes);
    }

    [Fact]
    public void The_history_of_the_baseline_is_set_beside()
    {
        BaselineHistoryEntry[] history =
        [
            .. new[] { 1.0, 1.5, 1.1, 1.4 }.Select((v, i) => new BaselineHistoryEntry(DateTimeOffset.UnixEpoch.AddDays(i), null, [KeyValuePair.Create("fid", v)]) { Errors = [KeyValuePair.Create("fid", 0.3)] }),
        ];
        HistorySpread spread = Assert.Single(HistoryStudy.Of(history, ["fid", "kid"]));
        Assert.Equal(("fid", 4), (spread.Metric, spread.Accepted));
        Assert.Equal(1.25, spread.Values.Mean, 1e-12);
        Assert.Equal(0.3 * Math.Sqrt(2), spread.Error!.Value, 1e-12);
        Assert.Equal(0.4 / 3, spread.Change!.Mean, 1e-12);
        Assert.Empty(HistoryStudy.Of(history[..1], ["fid"]));
    }

    private static CalibrationResult Run(FeatureSet reference, FeatureSet? candidate, int repetitions, params GateLimit[] gates)
    {
        using MatrixEngine engine = new();
        return new CalibrationStudy(GaussianPairs.Spec(gates), Families([.. gates.Select(g => g.Metric)]), GaussianPairs.Options(repetitions)).Run(reference, candidate, null, engine, default);
    }

    private static CalibrationResult Run(GateSpec spec, IMetricFamily[] families)
    {
        using MatrixEngine engine = new();
        return new CalibrationStudy(spec, families, GaussianPairs.Options(10)).Run(Real, Made, null, engine, default);
    }

    private static IMetricFamily[] Families(params string[] metrics) => [.. metrics.Select(m => MetricRegistry.Find(m)!).Distinct()];

    private static double Fid(FeatureSet reference, FeatureSet candidate)
    {
        using MatrixEngine engine = new();
        return MetricRegistry.Compute(Families("fid"), [], new MetricInputs(reference, candidate, engine), default).Values[0].Value!.Value;
    }

    private static string Json(CalibrationResult result)
    {
        using StringWriter text = new();
        CalibrationJson.Write(result, text);
        return text.ToString();
    }

    private static FeatureSet Hashed(FeatureSet set)
    {
        byte[] hashes = new byte[set.Count * SHA256.HashSizeInBytes];
        for (int i = 0; i < set.Count; i++)
        {
            SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(set.Features!.Row(i)), hashes.AsSpan(i * SHA256.HashSizeInBytes));
        }

        return set with { Hashes = hashes };
    }

    private static FeatureSet Gaussian(int seed, int count, double shift)
    {
        const int width = 8;
        Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return new FeatureSet
        {
            Source = "test",
            Count = count,
            Fingerprint = "sha256:test",
            Features = new DenseFeatureMatrix([.. Enumerable.Range(0, count * width).Select(_ => (float)(Normal() + shift))], count, width),
        };
    }
}
