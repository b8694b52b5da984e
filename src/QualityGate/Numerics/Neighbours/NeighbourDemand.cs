namespace QualityGate.Numerics.Neighbours;

/// <summary>How far the balls of a rule reach.</summary>
public enum BallReach
{
    /// <summary>To the k-th nearest other row of the own set.</summary>
    Neighbour,

    /// <summary>The same, but no further than the median over the set.</summary>
    AtMostMedian,
}

/// <summary>Balls around the rows of a set.</summary>
/// <param name="K">Which nearest other row a ball reaches to.</param>
/// <param name="Inclusive">Whether a point on the sphere is inside.</param>
/// <param name="Reach">How far they reach.</param>
public readonly record struct BallRule(int K, bool Inclusive, BallReach Reach = BallReach.Neighbour);

/// <summary>Which balls of the reference count for realism.</summary>
public enum RealismPruning
{
    /// <summary>All.</summary>
    None,

    /// <summary>Those with a radius of at most the median.</summary>
    AtMostMedian,

    /// <summary>Those with a radius below the median.</summary>
    BelowMedian,
}

/// <summary>Realism: the largest ratio of a ball's radius to the distance from its centre.</summary>
/// <param name="K">Which nearest other row a ball reaches to.</param>
/// <param name="Pruning">Which balls count.</param>
/// <param name="IsSquared">Whether radius and distance are squared.</param>
/// <param name="Epsilon">Added to the (squared) distance.</param>
public readonly record struct RealismRule(int K, RealismPruning Pruning, bool IsSquared, double Epsilon);

/// <summary>What a run wants to know of neighbours. Everything is answered by one pass over each set and one over all pairs.</summary>
public sealed class NeighbourDemand
{
    internal SortedSet<int> ReferenceRadii { get; } = [];

    internal SortedSet<int> CandidateRadii { get; } = [];

    internal HashSet<BallRule> ReferenceBalls { get; } = [];

    internal HashSet<BallRule> SmallestBalls { get; } = [];

    internal HashSet<BallRule> CandidateBalls { get; } = [];

    internal HashSet<BallRule> OwnBalls { get; } = [];

    internal SortedSet<int> ReferenceGrowth { get; } = [];

    internal SortedSet<int> CandidateGrowth { get; } = [];

    /// <summary>Whether the families also say what each image does to their values, and so ask for more.</summary>
    public bool WantsInfluence { get; set; }

    internal RealismRule? Realism { get; private set; }

    internal bool NearestReference { get; private set; }

    internal bool NearestCandidate { get; private set; }

    internal bool WantsPairs =>
        ReferenceBalls.Count > 0 || CandidateBalls.Count > 0 || Realism is not null || NearestReference || NearestCandidate;

    /// <summary>Distances from each reference row to its k-th nearest other one.</summary>
    public void AskReferenceRadii(int k) => ReferenceRadii.Add(k);

    /// <summary>Distances from each candidate row to its k-th nearest other one.</summary>
    public void AskCandidateRadii(int k) => CandidateRadii.Add(k);

    /// <summary>How many reference balls hold each candidate row, and how many candidate rows each reference ball holds.</summary>
    public void AskReferenceBalls(BallRule rule)
    {
        ReferenceRadii.Add(rule.K);
        ReferenceBalls.Add(rule);
    }

    /// <summary>The smallest reference ball around each candidate row.</summary>
    public void AskSmallestBalls(BallRule rule)
    {
        AskReferenceBalls(rule);
        SmallestBalls.Add(rule);
    }

    /// <summary>Whether any candidate ball holds each reference row.</summary>
    public void AskCandidateBalls(BallRule rule)
    {
        CandidateRadii.Add(rule.K);
        CandidateBalls.Add(rule);
    }

    /// <summary>Which reference balls grow when a row is left out.</summary>
    public void AskReferenceGrowth(int k)
    {
        ReferenceRadii.Add(k);
        ReferenceGrowth.Add(k);
    }

    /// <summary>Which candidate balls grow when a row is left out.</summary>
    public void AskCandidateGrowth(int k)
    {
        CandidateRadii.Add(k);
        CandidateGrowth.Add(k);
    }

    /// <summary>How many balls of other reference rows hold each reference row; the rule must be inclusive.</summary>
    public void AskOwnBalls(BallRule rule)
    {
        if (!rule.Inclusive)
        {
            throw new ArgumentException("Balls around the own set are counted with their spheres.", nameof(rule));
        }

        ReferenceRadii.Add(rule.K);
        OwnBalls.Add(rule);
    }

    /// <summary>The realism of each candidate row. One rule a run.</summary>
    public void AskRealism(RealismRule rule)
    {
        if (Realism is { } other && other != rule)
        {
            throw new InvalidOperationException("Realism is asked for under two rules in one run.");
        }

        ReferenceRadii.Add(rule.K);
        Realism = rule;
    }

    /// <summary>The nearest reference row of each candidate row.</summary>
    public void AskNearestReference() => NearestReference = true;

    /// <summary>The nearest candidate row of each reference row.</summary>
    public void AskNearestCandidate() => NearestCandidate = true;

    /// <summary>The part that sets of these sizes can answer: a k-th nearest other row needs more than k rows.</summary>
    internal NeighbourDemand Possible(int references, int candidates)
    {
        NeighbourDemand possible = new()
        {
            Realism = Realism?.K < references ? Realism : null,
            NearestReference = NearestReference,
            NearestCandidate = NearestCandidate,
            WantsInfluence = WantsInfluence,
        };
        possible.ReferenceGrowth.UnionWith(ReferenceGrowth.Where(k => k < references));
        possible.CandidateGrowth.UnionWith(CandidateGrowth.Where(k => k < candidates));
        possible.ReferenceRadii.UnionWith(ReferenceRadii.Where(k => k < references));
        possible.CandidateRadii.UnionWith(CandidateRadii.Where(k => k < candidates));
        possible.ReferenceBalls.UnionWith(ReferenceBalls.Where(rule => rule.K < references));
        possible.SmallestBalls.UnionWith(SmallestBalls.Where(rule => rule.K < references));
        possible.OwnBalls.UnionWith(OwnBalls.Where(rule => rule.K < references));
        possible.CandidateBalls.UnionWith(CandidateBalls.Where(rule => rule.K < candidates));
        return possible;
    }
}
