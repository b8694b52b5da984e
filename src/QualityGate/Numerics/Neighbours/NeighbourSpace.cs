namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// A reference and a candidate set prepared for neighbour queries. Distances are Euclidean. No N x M matrix is ever held:
/// tiles of float32 products decide what they can, and what lies inside the rounding margin is decided in float64 from the
/// features themselves, so the answers are those of float64 arithmetic whatever the tile size, thread count or device.
/// </summary>
public sealed class NeighbourSpace
{
    private readonly TileScratch?[] _scratch;

    private NeighbourSpace(FeatureMatrix reference, FeatureMatrix candidate, IMatrixProducts products, int workers, int? tileRows)
    {
        // Each set by itself is centred on itself: sets far apart would lose the digits of their own distances.
        Reference = RowCentre.Alone(reference, workers);
        Candidate = RowCentre.Alone(candidate, workers);
        Products = products;
        Workers = workers;
        TileColumns = BlockSize.ColumnsFor(reference.Width);
        int needed = (Math.Max(reference.Count, candidate.Count) + TileColumns - 1) / TileColumns * TileColumns;
        TileRows = tileRows ?? Math.Min(BlockSize.RowsFor(reference.Width, workers), needed);
        Margin = RoundingMargin.ForWidth(reference.Width);
        _scratch = new TileScratch?[workers];
    }

    /// <summary>The reference, prepared for distances inside it.</summary>
    internal CentredRows Reference { get; }

    /// <summary>The candidate, prepared for distances inside it.</summary>
    internal CentredRows Candidate { get; }

    internal IMatrixProducts Products { get; }

    internal int Workers { get; }

    /// <summary>Rows of a tile, a multiple of <see cref="TileColumns"/>.</summary>
    internal int TileRows { get; }

    /// <summary>Columns of a tile, and the unit in which rows are counted and locked.</summary>
    internal int TileColumns { get; }

    internal RoundingMargin Margin { get; }

    /// <summary>Answers all that is asked: one pass over the pairs of each set that is asked about, one over the pairs between them.</summary>
    /// <param name="reference">The reference <c>[N, D]</c>, finite values.</param>
    /// <param name="candidate">The candidate <c>[M, D]</c>, finite values.</param>
    /// <param name="demand">What is asked.</param>
    /// <param name="products">Matrix products.</param>
    /// <param name="workers">Threads; 0 is one a processor. Changes no answer.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="ArgumentException">The widths differ or a set is empty.</exception>
    public static NeighbourResults Answer(
        FeatureMatrix reference,
        FeatureMatrix candidate,
        NeighbourDemand demand,
        IMatrixProducts products,
        int workers = 0,
        CancellationToken cancellation = default) => Answer(reference, candidate, demand, products, workers, null, cancellation);

    /// <summary>The same with tiles of a given height, for tests: it changes no answer.</summary>
    internal static NeighbourResults Answer(
        FeatureMatrix reference, FeatureMatrix candidate, NeighbourDemand demand, IMatrixProducts products, int workers, int? tileRows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(demand);
        if (reference.Width != candidate.Width || reference.Count == 0 || candidate.Count == 0)
        {
            throw new ArgumentException($"Neighbours need two sets of one width, not [{reference.Count}, {reference.Width}] and [{candidate.Count}, {candidate.Width}].");
        }

        NeighbourSpace space = new(reference, candidate, products, workers == 0 ? Environment.ProcessorCount : workers, tileRows);
        return space.Answer(demand.Possible(reference.Count, candidate.Count), cancellation);
    }

    /// <summary>The buffers of one worker, the same in every pass.</summary>
    internal TileScratch Scratch(int worker) => _scratch[worker] ??= new TileScratch(TileRows, TileColumns, Reference.Source.Width, Products);

    private NeighbourResults Answer(NeighbourDemand demand, CancellationToken cancellation)
    {
        NeighbourResults results = new();
        Dictionary<int, double[]> referenceRadii = [], candidateRadii = [];
        if (demand.ReferenceRadii.Count > 0)
        {
            int kept = demand.OwnBalls.Select(rule => rule.K).Concat(demand.ReferenceGrowth).DefaultIfEmpty(0).Max();
            SelfPass pass = SelfPass.Run(this, Reference, demand.ReferenceRadii, kept, cancellation);
            referenceRadii = pass.Radii;
            foreach (BallRule rule in demand.OwnBalls)
            {
                results.OwnBalls[rule] = OwnBalls(new BallSet(rule, Reference, referenceRadii[rule.K], ranked: false), pass.Kept);
            }

            Grow(demand.ReferenceGrowth, Reference, pass, results.GrowthOfReference);
        }

        Reference.Source.ReleasePages();
        if (demand.CandidateRadii.Count > 0)
        {
            SelfPass pass = SelfPass.Run(this, Candidate, demand.CandidateRadii, demand.CandidateGrowth.Max, cancellation);
            candidateRadii = pass.Radii;
            Grow(demand.CandidateGrowth, Candidate, pass, results.GrowthOfCandidate);
        }

        if (demand.WantsPairs)
        {
            CrossPass pass = new(this, demand, referenceRadii, candidateRadii);
            pass.Run(cancellation);
            Fill(results, pass);
        }

        PerRow(referenceRadii, Reference, results.ReferenceRadii);
        PerRow(candidateRadii, Candidate, results.CandidateRadii);
        return results;
    }

    private static void Grow(SortedSet<int> ks, CentredRows rows, SelfPass pass, Dictionary<int, BallGrowth> growth)
    {
        foreach (int k in ks)
        {
            growth[k] = BallGrowth.Of(rows, pass.Radii[k], pass.Kept, k);
        }
    }

    private void Fill(NeighbourResults results, CrossPass pass)
    {
        for (int r = 0; r < pass.ReferenceBalls.Length; r++)
        {
            BallSet balls = pass.ReferenceBalls[r];
            double[]? smallest = balls.ByRank is { } groups
                ? Candidate.PerRow(Array.ConvertAll(pass.Candidates.BestRank[r], rank => rank == int.MaxValue ? double.NaN : balls.SquaredRadii[groups[rank]]))
                : null;
            results.ReferenceBalls[balls.Rule] = new BallMembership(
                Candidate.PerRow(pass.Candidates.Balls[r]), Reference.PerRow(pass.References.InBall[r]), smallest)
            {
                BallsOfCandidate = pass.Candidates.Ids?[r].PerRow(Candidate, Reference, pass.Candidates.Balls[r]),
                CandidatesOfBall = pass.References.Ids?[r].PerRow(Reference, Candidate, pass.References.InBall[r]),
            };
        }

        for (int r = 0; r < pass.CandidateBalls.Length; r++)
        {
            BallRule rule = pass.CandidateBalls[r].Rule;
            results.CandidateBalls[rule] = Reference.PerRow(Array.ConvertAll(pass.References.Holders[r], n => n > 0));
            if (pass.References.HolderIds is { } ids)
            {
                results.CandidateHolders[rule] = ids[r].PerRow(Reference, Candidate, pass.References.Holders[r]);
            }
        }

        results.RealismScores = pass.Realism is null ? null : Candidate.PerRow(pass.Candidates.Realism);
        results.ReferenceNearest = pass.Candidates.Nearest?.PerRow(Candidate, Reference);
        results.CandidateNearest = pass.References.Nearest?.PerRow(Reference, Candidate);
    }

    // A row lies in the balls of its own copies, and in those of the rows that are near enough.
    private int[] OwnBalls(BallSet balls, (int Row, double Distance)[][] neighbours)
    {
        int[] around = new int[Reference.Count];
        for (int i = 0; i < around.Length; i++)
        {
            around[i] += Reference.Weights[i] - 1;
            foreach ((int row, double distance) in neighbours[i])
            {
                around[row] += balls.Holds(i, distance) ? Reference.Weights[i] : 0;
            }
        }

        return Reference.PerRow(around);
    }

    private static void PerRow(Dictionary<int, double[]> groups, CentredRows rows, Dictionary<int, double[]> destination)
    {
        foreach ((int k, double[] radii) in groups)
        {
            destination[k] = rows.PerRow(radii);
        }
    }
}
