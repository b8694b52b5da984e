using System.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Numerics.Neighbours;

/// <summary>One pass over all pairs that says which rows lie in which balls.</summary>
internal sealed class MembershipCount
{
    private readonly NeighbourSpace _space;
    private readonly bool _inclusive;
    private readonly double[] _referenceRadii;
    private readonly double[] _candidateRadii;
    private readonly float[] _scaledReference;
    private readonly float[] _scaledCandidate;
    private readonly int[] _balls;
    private readonly bool[] _holds;
    private readonly bool[] _held;

    private MembershipCount(NeighbourSpace space, double[] referenceRadii, double[] candidateRadii, bool inclusive)
    {
        _space = space;
        _inclusive = inclusive;
        _referenceRadii = PerGroup(space.Reference.Distinct, referenceRadii);
        _candidateRadii = PerGroup(space.Candidate.Distinct, candidateRadii);
        _scaledReference = Scaled(_referenceRadii);
        _scaledCandidate = Scaled(_candidateRadii);
        _balls = new int[space.Candidate.Count];
        _holds = new bool[space.Reference.Count];
        _held = new bool[space.Reference.Count];
    }

    public static Memberships Run(
        NeighbourSpace space, double[] referenceRadii, double[] candidateRadii, bool inclusive, CancellationToken cancellation)
    {
        MembershipCount count = new(space, referenceRadii, candidateRadii, inclusive);
        int width = space.Reference.Source.Width, height = Tiles.RowsFor(width), columns = Tiles.ColumnsFor(width);
        Tiles.ForEachRange(
            space.Reference.Count,
            height,
            () => new TileScratch(height, columns, width),
            (start, size, scratch) => count.Block(start, size, columns, scratch, cancellation),
            cancellation);
        return new Memberships(
            Array.ConvertAll(space.Candidate.Distinct.GroupOf, group => count._balls[group]),
            Array.ConvertAll(space.Reference.Distinct.GroupOf, group => count._holds[group]),
            Array.ConvertAll(space.Reference.Distinct.GroupOf, group => count._held[group]));
    }

    private void Block(int start, int size, int columns, TileScratch scratch, CancellationToken cancellation)
    {
        CentredRows candidates = _space.Candidate;
        int[] balls = new int[candidates.Count];
        _space.Reference.Fill(start, size, scratch.Left);
        for (int from = 0; from < candidates.Count; from += columns)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(columns, candidates.Count - from);
            scratch.Multiply(_space.Products, candidates, from, count, size);
            for (int i = 0; i < size; i++)
            {
                Row(start + i, from, scratch.Products.AsSpan(i * count, count), balls.AsSpan(from, count));
            }
        }

        // Whole numbers add up to the same sum in any order.
        lock (_balls)
        {
            for (int j = 0; j < balls.Length; j++)
            {
                _balls[j] += balls[j];
            }
        }
    }

    // In each lane: certainly inside the reference's ball, certainly not, or too close to tell in float32.
    private void Row(int reference, int from, ReadOnlySpan<float> products, Span<int> balls)
    {
        ReadOnlySpan<float> norms = _space.Candidate.SquaredNorms.AsSpan(from, products.Length);
        ReadOnlySpan<float> candidateRadii = _scaledCandidate.AsSpan(from, products.Length);
        float own = _space.Reference.SquaredNorms[reference], radius = _scaledReference[reference];
        int weight = _space.Reference.Distinct.Weight[reference];
        bool holds = _holds[reference], held = _held[reference];
        Vector<float> ownVector = new(own), radiusVector = new(radius), two = new(2f);
        Vector<float> relative = new(_space.Margin.Relative), absolute = new(_space.Margin.Absolute);
        Vector<int> weightVector = new(weight);
        int j = 0;
        for (; j <= products.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector<float> sum = ownVector + new Vector<float>(norms[j..]);
            Vector<float> estimate = sum - (two * new Vector<float>(products[j..]));
            Vector<float> error = (relative * sum) + absolute;
            Vector<float> lower = estimate - error, upper = estimate + error;
            Vector<int> inside = Vector.LessThan(upper, radiusVector);
            Vector<int> unsure = Vector.AndNot(Vector.LessThanOrEqual(lower, radiusVector), inside);
            Vector<float> otherRadius = new(candidateRadii[j..]);
            Vector<int> otherInside = Vector.LessThan(upper, otherRadius);
            Vector<int> otherUnsure = Vector.AndNot(Vector.LessThanOrEqual(lower, otherRadius), otherInside);
            (new Vector<int>(balls[j..]) + (inside & weightVector)).CopyTo(balls[j..]);
            holds |= inside != Vector<int>.Zero;
            held |= otherInside != Vector<int>.Zero;
            if (unsure != Vector<int>.Zero || (!held && otherUnsure != Vector<int>.Zero))
            {
                for (int lane = 0; lane < Vector<float>.Count; lane++)
                {
                    DecideExactly(reference, from + j + lane, unsure[lane] != 0, otherUnsure[lane] != 0, weight, ref balls[j + lane], ref holds, ref held);
                }
            }
        }

        for (; j < products.Length; j++)
        {
            DecideExactly(reference, from + j, true, true, weight, ref balls[j], ref holds, ref held);
        }

        _holds[reference] = holds;
        _held[reference] = held;
    }

    private void DecideExactly(
        int reference, int candidate, bool unsure, bool otherUnsure, int weight, ref int balls, ref bool holds, ref bool held)
    {
        otherUnsure &= !held;
        if (!unsure && !otherUnsure)
        {
            return;
        }

        double distance = VectorKernels.SquaredDistance(_space.Reference.Original(reference), _space.Candidate.Original(candidate));
        if (unsure && Inside(distance, _referenceRadii[reference]))
        {
            balls += weight;
            holds = true;
        }

        held |= otherUnsure && Inside(distance, _candidateRadii[candidate]);
    }

    private bool Inside(double distance, double radius) => _inclusive ? distance <= radius : distance < radius;

    private static double[] PerGroup(DistinctRows distinct, double[] radii) => Array.ConvertAll(distinct.Representative, row => radii[row]);

    private float[] Scaled(double[] radii) => Array.ConvertAll(radii, radius => (float)(radius * _space.Scale * _space.Scale));
}
