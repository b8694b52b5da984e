namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// One pass over all pairs of reference and candidate rows for everything that a run asks. Float32 products decide what they can; pairs
/// inside the rounding margin are measured in float64.
/// </summary>
internal sealed class CrossPass
{
    private readonly Lock _lock = new();

    public CrossPass(NeighbourSpace space, NeighbourDemand demand, Dictionary<int, double[]> referenceRadii, Dictionary<int, double[]> candidateRadii)
    {
        Space = space;
        Demand = demand;
        (Reference, Candidate) = RowCentre.Together(space.Reference, space.Candidate, space.Workers);
        ReferenceBalls = [.. demand.ReferenceBalls.Select(rule => new BallSet(rule, Reference, referenceRadii[rule.K], demand.SmallestBalls.Contains(rule)))];
        CandidateBalls = [.. demand.CandidateBalls.Select(rule => new BallSet(rule, Candidate, candidateRadii[rule.K], false))];
        Realism = demand.Realism is { } realism ? new RealismBalls(realism, Reference, referenceRadii[realism.K]) : null;
        LargestReferenceBall = Largest(ReferenceBalls, Reference.PaddedCount);
        LargestCandidateBall = Largest(CandidateBalls, Candidate.PaddedCount);
        Candidates = new CandidateSide(this);
        References = new ReferenceSide(this, 0, Reference.Count);
    }

    public NeighbourSpace Space { get; }

    public NeighbourDemand Demand { get; }

    /// <summary>Both sets, prepared for distances between them.</summary>
    public CentredRows Reference { get; }

    /// <inheritdoc cref="Reference"/>
    public CentredRows Candidate { get; }

    public BallSet[] ReferenceBalls { get; }

    public BallSet[] CandidateBalls { get; }

    public RealismBalls? Realism { get; }

    /// <summary>The largest scaled squared radius of each reference row's balls, a little too large; negative without any.</summary>
    public float[] LargestReferenceBall { get; }

    /// <summary>The same of each candidate row's.</summary>
    public float[] LargestCandidateBall { get; }

    /// <summary>What is known of all candidate rows.</summary>
    public CandidateSide Candidates { get; }

    /// <summary>What is known of all reference rows.</summary>
    public ReferenceSide References { get; }

    public void Run(CancellationToken cancellation)
    {
        CentredRows reference = Reference, candidate = Candidate;
        TileWork work = new(reference.Count, candidate.Count, (Space.TileRows, Space.TileColumns), upperHalfOnly: false);
        TileWork.Run(Space.Workers, worker =>
        {
            TileScratch scratch = Space.Scratch(worker);
            CandidateSide candidates = new(this);
            ReferenceSide? references = null;
            while (work.TryNext(out int row, out int column))
            {
                cancellation.ThrowIfCancellationRequested();
                if (references?.Start != row)
                {
                    Merge(references);
                    references = new ReferenceSide(this, row, Math.Min(Space.TileRows, reference.Count - row));
                }

                scratch.Multiply(reference, row, references.Count, references.Count, candidate, column);
                new CrossTile(this, references, candidates, column).Scan(scratch);
            }

            Merge(references);
            lock (_lock)
            {
                Candidates.Take(candidates);
            }
        });
    }

    private void Merge(ReferenceSide? part)
    {
        if (part is not null)
        {
            lock (_lock)
            {
                References.Take(part);
            }
        }
    }

    private static float[] Largest(BallSet[] balls, int length)
    {
        float[] largest = new float[length + CentredRows.Lanes];
        Array.Fill(largest, -1);
        foreach (BallSet set in balls)
        {
            for (int i = 0; i < set.SquaredRadii.Length; i++)
            {
                largest[i] = Math.Max(largest[i], (set.Scaled[i] * (1 + 1e-6f)) + 1e-30f);
            }
        }

        return largest;
    }
}
