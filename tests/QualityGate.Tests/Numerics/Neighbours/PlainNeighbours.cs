using QualityGate.Numerics;
using QualityGate.Numerics.Neighbours;

namespace QualityGate.Tests.Numerics.Neighbours;

/// <summary>The slow truth about neighbours: full float64 distance matrices and the definitions word by word.</summary>
internal sealed class PlainNeighbours(FeatureMatrix reference, FeatureMatrix candidate)
{
    private readonly double[][] _between = Matrix(reference, candidate);
    private readonly double[][] _reference = Matrix(reference, reference);
    private readonly double[][] _candidate = Matrix(candidate, candidate);

    public double[] ReferenceRadii(int k) => Radii(_reference, k);

    public double[] CandidateRadii(int k) => Radii(_candidate, k);

    public double[] Balls(BallRule rule)
    {
        double[] radii = ReferenceRadii(rule.K);
        if (rule.Reach == BallReach.Neighbour)
        {
            return radii;
        }

        double median = Median(radii);
        return Array.ConvertAll(radii, r => Math.Min(r, median));
    }

    public int[] Around(BallRule rule)
    {
        double[] radii = Balls(rule);
        return [.. Enumerable.Range(0, candidate.Count).Select(j => Enumerable.Range(0, reference.Count).Count(i => Inside(rule, _between[i][j], radii[i])))];
    }

    public int[] InBall(BallRule rule)
    {
        double[] radii = Balls(rule);
        return [.. Enumerable.Range(0, reference.Count).Select(i => _between[i].Count(d => Inside(rule, d, radii[i])))];
    }

    public double[] Smallest(BallRule rule)
    {
        double[] radii = Balls(rule);
        return
        [
            .. Enumerable.Range(0, candidate.Count).Select(j =>
                Enumerable.Range(0, reference.Count).Where(i => Inside(rule, _between[i][j], radii[i])).Select(i => radii[i]).DefaultIfEmpty(double.NaN).Min()),
        ];
    }

    public bool[] Held(BallRule rule)
    {
        double[] radii = CandidateRadii(rule.K);
        return [.. _between.Select(row => row.Where((d, j) => Inside(rule, d, radii[j])).Any())];
    }

    public int[] Own(BallRule rule)
    {
        double[] radii = Balls(rule);
        return [.. Enumerable.Range(0, reference.Count).Select(j => Enumerable.Range(0, reference.Count).Count(i => i != j && Inside(rule, _reference[i][j], radii[i])))];
    }

    public double[] Realism(RealismRule rule)
    {
        double[] radii = ReferenceRadii(rule.K);
        double median = Median(radii);
        bool Counts(double radius) => rule.Pruning switch
        {
            RealismPruning.AtMostMedian => radius <= median,
            RealismPruning.BelowMedian => radius < median,
            _ => true,
        };
        double Ratio(double radius, double distance) => radius == 0 ? 0
            : rule.IsSquared ? radius / (distance + rule.Epsilon)
            : Math.Sqrt(radius) / (Math.Sqrt(distance) + rule.Epsilon);
        return
        [
            .. Enumerable.Range(0, candidate.Count).Select(j =>
                Enumerable.Range(0, reference.Count).Where(i => Counts(radii[i])).Select(i => Ratio(radii[i], _between[i][j])).DefaultIfEmpty(0).Max()),
        ];
    }

    public (int Row, double Distance)[] NearestReference() =>
        [.. Enumerable.Range(0, candidate.Count).Select(j => Enumerable.Range(0, reference.Count).Select(i => (i, _between[i][j])).MinBy(p => p.Item2))];

    public (int Row, double Distance)[] NearestCandidate() =>
        [.. Enumerable.Range(0, reference.Count).Select(i => Enumerable.Range(0, candidate.Count).Select(j => (j, _between[i][j])).MinBy(p => p.Item2))];

    private static bool Inside(BallRule rule, double distance, double radius) => rule.Inclusive ? distance <= radius : distance < radius;

    private static double Median(double[] squared)
    {
        double[] roots = [.. squared.Select(Math.Sqrt).Order()];
        double median = (roots[(roots.Length - 1) / 2] + roots[roots.Length / 2]) / 2;
        return roots.Length % 2 == 1 || roots[(roots.Length - 1) / 2] == roots[roots.Length / 2]
            ? squared.Order().ElementAt(roots.Length / 2)
            : median * median;
    }

    private static double[] Radii(double[][] own, int k) => [.. own.Select((row, i) => row.Where((_, j) => j != i).Order().ElementAt(k - 1))];

    private static double[][] Matrix(FeatureMatrix left, FeatureMatrix right) =>
        [.. Enumerable.Range(0, left.Count).Select(i => Enumerable.Range(0, right.Count).Select(j => RowKernels.SquaredDistance(left.Row(i), right.Row(j))).ToArray())];
}
