using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Neighbours;
using QualityGate.Tests.Metrics;

namespace QualityGate.Tests.Numerics.Neighbours;

public sealed class NeighbourSpaceTests
{
    private static readonly BallRule Strict = new(2, Inclusive: false), Inclusive = new(3, Inclusive: true);
    private static readonly BallRule Clipped = new(3, Inclusive: true, BallReach.AtMostMedian);

    public static TheoryData<string> Sets =>
    [
        "ordinary", "lattice", "copies", "constant", "offset", "one feature", "few images", "collapsed", "scattered", "outliers", "one image each way", "tiny", "huge", "far apart", "unlike scales",
    ];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_answer_is_that_of_the_plain_loops(string name)
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = Make(name);
        int most = Math.Min(4, Math.Min(reference.Count, candidate.Count) - 1);
        RealismRule realism = new(most, RealismPruning.AtMostMedian, IsSquared: false, 0);
        NeighbourDemand demand = Demand(realism);
        NeighbourResults answer = NeighbourSpace.Answer(reference, candidate, demand, new PlainProducts(), workers: 3);
        Check(new PlainNeighbours(reference, candidate), answer, realism);
    }

    [Theory]
    [InlineData(RealismPruning.None, false, 1e-6)]
    [InlineData(RealismPruning.BelowMedian, false, 0)]
    [InlineData(RealismPruning.AtMostMedian, true, 1e-5)]
    public void Realism_is_the_largest_ratio_under_every_rule(RealismPruning pruning, bool isSquared, double epsilon)
    {
        foreach (string name in new[] { "ordinary", "lattice", "scattered", "copies" })
        {
            (FeatureMatrix reference, FeatureMatrix candidate) = Make(name);
            RealismRule rule = new(2, pruning, isSquared, epsilon);
            NeighbourDemand demand = new();
            demand.AskRealism(rule);
            double[] scores = NeighbourSpace.Answer(reference, candidate, demand, new PlainProducts()).Realism;
            Assert.Equal(new PlainNeighbours(reference, candidate).Realism(rule), scores);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Workers_and_tile_sizes_and_the_engine_change_nothing(int workers)
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = (GoldenSets.Draw(11, 700, 40, 1, 3), GoldenSets.Draw(12, 530, 40, 1.05, 3.02));
        RealismRule realism = new(4, RealismPruning.AtMostMedian, IsSquared: false, 0);
        using MatrixEngine engine = new();
        NeighbourResults answer = NeighbourSpace.Answer(reference, candidate, Demand(realism), engine, workers);
        Check(new PlainNeighbours(reference, candidate), answer, realism);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    public void The_height_of_tiles_changes_nothing(int tileRows)
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = (GoldenSets.Draw(13, 800, 12, 1, 0), GoldenSets.Draw(14, 600, 12, 1.05, 0.02));
        RealismRule realism = new(4, RealismPruning.AtMostMedian, IsSquared: false, 0);
        NeighbourResults answer = NeighbourSpace.Answer(reference, candidate, Demand(realism), new PlainProducts(), 3, tileRows, CancellationToken.None);
        Check(new PlainNeighbours(reference, candidate), answer, realism);
    }

    // Rows of 300,000 features: tiles of 16 columns.
    [Fact]
    public void Very_wide_rows_are_measured_in_narrow_tiles()
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = (GoldenSets.Draw(15, 37, 300_000, 1, 0), GoldenSets.Draw(16, 21, 300_000, 1.01, 0));
        RealismRule realism = new(2, RealismPruning.AtMostMedian, IsSquared: false, 0);
        using MatrixEngine engine = new();
        Check(new PlainNeighbours(reference, candidate), NeighbourSpace.Answer(reference, candidate, Demand(realism), engine, workers: 2), realism);
    }

    // Another processor may round any product differently; no answer may depend on it.
    [Theory]
    [MemberData(nameof(Sets))]
    public void Products_as_wrong_as_float32_allows_change_nothing(string name)
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = Make(name);
        RealismRule realism = new(2, RealismPruning.AtMostMedian, IsSquared: false, 0);
        NeighbourResults answer = NeighbourSpace.Answer(reference, candidate, Demand(realism), new WorstProducts(), workers: 2);
        Check(new PlainNeighbours(reference, candidate), answer, realism);
    }

    [Fact]
    public void The_farthest_neighbour_of_all_can_be_asked_for()
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = (GoldenSets.Draw(5, 300, 6, 1, 0), GoldenSets.Draw(6, 290, 6, 1, 0));
        NeighbourDemand demand = new();
        demand.AskReferenceRadii(299);
        demand.AskReferenceRadii(1);
        demand.AskCandidateRadii(289);
        NeighbourResults answer = NeighbourSpace.Answer(reference, candidate, demand, new PlainProducts());
        PlainNeighbours plain = new(reference, candidate);
        Assert.Equal(plain.ReferenceRadii(299), answer.SquaredReferenceRadii(299));
        Assert.Equal(plain.ReferenceRadii(1), answer.SquaredReferenceRadii(1));
        Assert.Equal(plain.CandidateRadii(289), answer.SquaredCandidateRadii(289));
    }

    [Fact]
    public void What_the_sets_are_too_small_for_is_left_out_and_the_rest_is_answered()
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = (GoldenSets.Draw(5, 4, 6, 1, 0), GoldenSets.Draw(6, 30, 6, 1, 0));
        NeighbourDemand demand = new();
        demand.AskReferenceBalls(new BallRule(4, Inclusive: false));
        demand.AskReferenceBalls(new BallRule(3, Inclusive: false));
        NeighbourResults answer = NeighbourSpace.Answer(reference, candidate, demand, new PlainProducts());
        Assert.Equal(new PlainNeighbours(reference, candidate).Around(new BallRule(3, false)), answer.InReferenceBalls(new BallRule(3, false)).BallsAroundCandidate);
        Assert.Throws<KeyNotFoundException>(() => answer.InReferenceBalls(new BallRule(4, false)));
    }

    [Fact]
    public void Many_neighbours_of_many_rows_are_found_block_by_block_too()
    {
        // 2900 x 2899 neighbours are more than shortlists of all rows at once may hold.
        FeatureMatrix rows = GoldenSets.Draw(9, 2900, 2, 1, 0);
        NeighbourDemand demand = new();
        demand.AskReferenceRadii(2899);
        demand.AskReferenceRadii(1450);
        double[] radii = NeighbourSpace.Answer(rows, rows, demand, new PlainProducts()).SquaredReferenceRadii(1450);
        foreach (int i in new[] { 0, 1, 255, 256, 1500, 2899 })
        {
            double[] distances = [.. Enumerable.Range(0, 2900).Where(j => j != i).Select(j => RowKernels.SquaredDistance(rows.Row(i), rows.Row(j))).Order()];
            Assert.Equal(distances[1449], radii[i]);
        }
    }

    private static NeighbourDemand Demand(RealismRule realism)
    {
        NeighbourDemand demand = new();
        demand.AskReferenceRadii(1);
        demand.AskCandidateRadii(1);
        demand.AskSmallestBalls(Strict);
        demand.AskSmallestBalls(Inclusive);
        demand.AskReferenceBalls(Clipped);
        demand.AskOwnBalls(Clipped);
        demand.AskCandidateBalls(Strict);
        demand.AskCandidateBalls(Inclusive);
        demand.AskNearestReference();
        demand.AskNearestCandidate();
        demand.AskRealism(realism);
        return demand;
    }

    private static void Check(PlainNeighbours plain, NeighbourResults answer, RealismRule realism)
    {
        foreach ((int k, double[] radii) in answer.ReferenceRadii) Assert.Equal(plain.ReferenceRadii(k), radii);
        foreach ((int k, double[] radii) in answer.CandidateRadii) Assert.Equal(plain.CandidateRadii(k), radii);
        foreach ((BallRule rule, BallMembership members) in answer.ReferenceBalls)
        {
            Assert.Equal(plain.Around(rule), members.BallsAroundCandidate);
            Assert.Equal(plain.InBall(rule), members.CandidatesInBall);
            if (members.SmallestSquaredRadius is { } smallest) Assert.Equal(plain.Smallest(rule), smallest);
        }

        foreach ((BallRule rule, bool[] held) in answer.CandidateBalls) Assert.Equal(plain.Held(rule), held);
        foreach ((BallRule rule, int[] own) in answer.OwnBalls) Assert.Equal(plain.Own(rule), own);
        if (answer.ReferenceRadii.ContainsKey(realism.K)) Assert.Equal(plain.Realism(realism), answer.Realism);
        Assert.Equal(plain.NearestReference().Select(n => n.Row), answer.NearestReference.Row);
        Assert.Equal(plain.NearestReference().Select(n => n.Distance), answer.NearestReference.SquaredDistance);
        Assert.Equal(plain.NearestCandidate().Select(n => n.Row), answer.NearestCandidate.Row);
    }

    private static (FeatureMatrix Reference, FeatureMatrix Candidate) Make(string name)
    {
        System.Random random = new(3);
        FeatureMatrix Fill(int count, int width, Func<int, int, double> value) => new DenseFeatureMatrix(
            [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(0, width).Select(d => (float)value(i, d)))], count, width);
        double Normal() => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
        double[][] modes = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 24).Select(_ => Normal()).ToArray())];
        return name switch
        {
            "ordinary" => (Fill(330, 20, (_, _) => Normal()), Fill(290, 20, (_, _) => Normal() * 1.1)),
            "lattice" => (Fill(300, 3, (_, _) => random.Next(4)), Fill(280, 3, (_, _) => random.Next(4))),
            "copies" => (Fill(120, 8, (i, d) => (i % 30 * 7 % 11) + (d * (i % 3))), Fill(130, 8, (i, d) => (i % 40 * 7 % 11) + (d * (i % 2)))),
            "constant" => (Fill(50, 4, (_, _) => 2.5), Fill(60, 4, (_, _) => 2.5)),
            "offset" => (Fill(150, 30, (_, _) => 1000 + (Normal() * 0.01)), Fill(140, 30, (_, _) => 1000 + (Normal() * 0.01))),
            "one feature" => (Fill(200, 1, (_, _) => random.Next(50)), Fill(180, 1, (_, _) => random.Next(50))),
            "few images" => (Fill(6, 300, (_, _) => Normal()), Fill(5, 300, (_, _) => Normal())),

            // Hundreds of images nearer to each other than float32 products can tell apart.
            "collapsed" => (Fill(310, 24, (i, d) => modes[i % 3][d] + (1e-4 * Normal())), Fill(270, 24, (i, d) => modes[i % 2][d] + (1e-4 * Normal()))),

            // Candidates in the middle of a sphere of references lie in every ball.
            "scattered" => (Fill(280, 40, (_, _) => Normal()), Fill(300, 40, (_, _) => Normal() * 0.2)),
            "outliers" => (Fill(260, 10, (i, _) => Normal() * (i % 50 == 0 ? 1000 : 1)), Fill(265, 10, (i, _) => Normal() * (i % 40 == 0 ? 3000 : 1))),
            "one image each way" => (Fill(9, 5, (_, _) => Normal()), Fill(2, 5, (_, _) => Normal())),
            "far apart" => (Fill(150, 12, (_, _) => Normal()), Fill(160, 12, (_, _) => 5000 + Normal())),
            "unlike scales" => (Fill(150, 12, (_, _) => Normal() * 1e-12), Fill(160, 12, (_, _) => Normal() * 1e12)),
            "tiny" => (Fill(60, 7, (_, _) => Normal() * 1e-38), Fill(50, 7, (_, _) => Normal() * 1e-38)),
            "huge" => (Fill(60, 7, (_, _) => Normal() * 2e38), Fill(50, 7, (_, _) => Normal() * 2e38)),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    /// <summary>Adds to every product an error as large as Higham's bound for sums in any order allows.</summary>
    private sealed class WorstProducts : IMatrixProducts
    {
        private readonly PlainProducts _plain = new();

        public void MultiplyTransposed(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int m, int n, int k)
        {
            _plain.MultiplyTransposed(left, right, product, m, n, k);
            double unit = 1.0 / (1 << 24);
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double a = 0, b = 0;
                    for (int t = 0; t < k; t++)
                    {
                        a += (double)left[(i * k) + t] * left[(i * k) + t];
                        b += (double)right[(j * k) + t] * right[(j * k) + t];
                    }

                    int sign = (i + j) % 2 == 0 ? 1 : -1;
                    product[(i * n) + j] += (float)(sign * k * unit * Math.Sqrt(a * b));
                }
            }
        }

        public void MultiplyTransposed(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int m, int n, int k) =>
            _plain.MultiplyTransposed(left, right, product, m, n, k);

        public void TransposedMultiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int n, int d, int e) =>
            _plain.TransposedMultiply(left, right, product, n, d, e);
    }
}
