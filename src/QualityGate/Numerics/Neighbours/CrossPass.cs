namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// One pass over all pairs of reference and candidate rows for everything that a run asks. Float32 products decide what they can; pairs
/// inside the rounding margin are measured in float64.
/// </summary>
internal sealed class CrossPass
{
    private readonly int _block;
    private readonly Lock _lock = new();

    public CrossPass(NeighbourSpace space, NeighbourDemand demand, Dictionary<int, double[]> referenceRadii, Dictionary<int, double[]> candidateRadii)
    {
        Space = space;
        Demand = demand;
        _block = BlockSize.For(Math.Max(space.Reference.Count, space.Candidate.Count), space.Reference.Source.Width, space.Workers);
        ReferenceBalls = [.. demand.ReferenceBalls.Select(rule => new BallSet(rule, space.Reference, referenceRadii[rule.K], space.Scale, demand.SmallestBalls.Contains(rule)))];
        CandidateBalls = [.. demand.CandidateBalls.Select(rule => new BallSet(rule, space.Candidate, candidateRadii[rule.K], space.Scale, false))];
        Realism = demand.Realism is { } realism ? new RealismBalls(realism, space.Reference, referenceRadii[realism.K], space.Scale) : null;
        LargestReferenceBall = Largest(ReferenceBalls, space.Reference.PaddedCount);
        LargestCandidateBall = Largest(CandidateBalls, space.Candidate.PaddedCount);
        Candidates = new CandidateSide(this);
        References = new ReferenceSide(this, 0, space.Reference.Count);
    }

    public NeighbourSpace Space { get; }

    public NeighbourDemand Demand { get; }

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
        CentredRows reference = Space.Reference, candidate = Space.Candidate;
        TileWork work = new((reference.Count + _block - 1) / _block, (candidate.Count + _block - 1) / _block, upperHalfOnly: false);
        TileWork.Run(Space.Workers, () =>
        {
            TileScratch scratch = new(_block, reference.Source.Width, Space.Products);
            CandidateSide candidates = new(this);
            ReferenceSide? references = null;
            while (work.TryNext(out int rowBlock, out int columnBlock))
            {
                cancellation.ThrowIfCancellationRequested();
                int rowStart = rowBlock * _block, columnStart = columnBlock * _block;
                if (references?.Start != rowStart)
                {
                    Merge(references);
                    references = new ReferenceSide(this, rowStart, scratch.RowsOf(reference, rowStart));
                }

                float[] products = scratch.Multiply(reference, rowStart, candidate, columnStart);
                new CrossTile(this, references, candidates, columnStart, scratch.Columns(candidate, columnStart)).Scan(products);
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
        float[] largest = new float[length + BlockSize.Largest];
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
