using QualityGate.Numerics.Linear;

namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// A reference and a candidate set prepared for neighbour queries. Distances are Euclidean. No N x M matrix is ever held:
/// tiles of float32 products decide what they can, and what lies inside the rounding margin is decided in float64 from the
/// features themselves, so the answers are those of float64 arithmetic whatever the tile size, thread count or device.
/// </summary>
public sealed class NeighbourSpace
{
    private NeighbourSpace(CentredRows reference, CentredRows candidate, double scale, IMatrixProducts products)
    {
        Reference = reference;
        Candidate = candidate;
        Scale = scale;
        Products = products;
        Margin = RoundingMargin.ForWidth(reference.Source.Width);
    }

    internal CentredRows Reference { get; }

    internal CentredRows Candidate { get; }

    internal double Scale { get; }

    internal IMatrixProducts Products { get; }

    internal RoundingMargin Margin { get; }

    /// <summary>Prepares two sets <c>[N, D]</c> and <c>[M, D]</c> of finite values.</summary>
    /// <exception cref="ArgumentException">The widths differ or a set is empty.</exception>
    public static NeighbourSpace Create(FeatureMatrix reference, FeatureMatrix candidate, IMatrixProducts products)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(candidate);
        if (reference.Width != candidate.Width || reference.Count == 0 || candidate.Count == 0)
        {
            throw new ArgumentException($"Neighbours need two sets of one width, not [{reference.Count}, {reference.Width}] and [{candidate.Count}, {candidate.Width}].");
        }

        double[] mean = MomentAccumulator.Mean(reference);
        double largest = Math.Max(LargestSquaredNorm(reference, mean), LargestSquaredNorm(candidate, mean));
        double scale = largest > 0 ? Math.ScaleB(1, -(Math.ILogB(largest) / 2)) : 1;
        return new NeighbourSpace(
            new CentredRows(reference, mean, scale), new CentredRows(candidate, mean, scale), scale, products);
    }

    /// <summary>Squared distance from each row of the reference to its k-th nearest other row, <c>[N]</c>.</summary>
    public double[] ReferenceRadii(int k, CancellationToken cancellation = default) => RadiusSearch.Run(this, Reference, k, cancellation);

    /// <summary>Squared distance from each row of the candidate to its k-th nearest other row, <c>[M]</c>.</summary>
    public double[] CandidateRadii(int k, CancellationToken cancellation = default) => RadiusSearch.Run(this, Candidate, k, cancellation);

    /// <summary>Which rows of one set lie in the balls of the other.</summary>
    /// <param name="referenceRadii">Squared radii of the reference's balls, <c>[N]</c>.</param>
    /// <param name="candidateRadii">Squared radii of the candidate's balls, <c>[M]</c>.</param>
    /// <param name="inclusive">Whether a point on the sphere is inside.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public Memberships CountMemberships(
        double[] referenceRadii, double[] candidateRadii, bool inclusive, CancellationToken cancellation = default) =>
        MembershipCount.Run(this, referenceRadii, candidateRadii, inclusive, cancellation);

    private static double LargestSquaredNorm(FeatureMatrix rows, double[] mean)
    {
        double[] row = new double[rows.Width];
        double largest = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            MomentAccumulator.Centre(rows, mean, i, 1, row);
            largest = Math.Max(largest, VectorKernels.Dot(row, row));
        }

        return largest;
    }
}
