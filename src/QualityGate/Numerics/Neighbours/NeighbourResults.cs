namespace QualityGate.Numerics.Neighbours;

/// <summary>Reference balls and candidate rows.</summary>
/// <param name="BallsAroundCandidate">How many reference balls hold each candidate row, <c>[M]</c>.</param>
/// <param name="CandidatesInBall">How many candidate rows each reference ball holds, <c>[N]</c>.</param>
/// <param name="SmallestSquaredRadius">Squared radius of the smallest ball around each candidate row, NaN outside all, <c>[M]</c>; null when not asked for.</param>
public sealed record BallMembership(int[] BallsAroundCandidate, int[] CandidatesInBall, double[]? SmallestSquaredRadius)
{
    /// <summary>Which reference balls hold each candidate row, <c>[M]</c>; null unless influences are wanted.</summary>
    public Finders? BallsOfCandidate { get; init; }

    /// <summary>Which candidate rows each reference ball holds, <c>[N]</c>; null unless influences are wanted.</summary>
    public Finders? CandidatesOfBall { get; init; }
}

/// <summary>For each row of one set the nearest row of the other; of equally near ones the first.</summary>
/// <param name="Row">Its index.</param>
/// <param name="SquaredDistance">How far it is, squared.</param>
public sealed record NearestRows(int[] Row, double[] SquaredDistance);

/// <summary>Answers to a <see cref="NeighbourDemand"/>. All distances and radii are squared and as float64 arithmetic on the features gives them.</summary>
public sealed class NeighbourResults
{
    internal Dictionary<int, double[]> ReferenceRadii { get; } = [];

    internal Dictionary<int, double[]> CandidateRadii { get; } = [];

    internal Dictionary<BallRule, BallMembership> ReferenceBalls { get; } = [];

    internal Dictionary<BallRule, bool[]> CandidateBalls { get; } = [];

    internal Dictionary<BallRule, Finders> CandidateHolders { get; } = [];

    internal Dictionary<BallRule, int[]> OwnBalls { get; } = [];

    internal Dictionary<int, BallGrowth> GrowthOfReference { get; } = [];

    internal Dictionary<int, BallGrowth> GrowthOfCandidate { get; } = [];

    internal double[]? RealismScores { get; set; }

    internal NearestRows? ReferenceNearest { get; set; }

    internal NearestRows? CandidateNearest { get; set; }

    /// <summary>Squared distance from each reference row to its k-th nearest other one, <c>[N]</c>.</summary>
    public double[] SquaredReferenceRadii(int k) => ReferenceRadii[k];

    /// <summary>Squared distance from each candidate row to its k-th nearest other one, <c>[M]</c>.</summary>
    public double[] SquaredCandidateRadii(int k) => CandidateRadii[k];

    /// <summary>Who lies in which reference ball.</summary>
    public BallMembership InReferenceBalls(BallRule rule) => ReferenceBalls[rule];

    /// <summary>Whether any candidate ball holds each reference row, <c>[N]</c>.</summary>
    public bool[] HeldByCandidates(BallRule rule) => CandidateBalls[rule];

    /// <summary>Whose balls hold each reference row, <c>[N]</c>; only when influences are wanted.</summary>
    public Finders HoldersOfReference(BallRule rule) => CandidateHolders[rule];

    /// <summary>Whether the sets were large enough for a rule that was asked for.</summary>
    internal bool CanAnswer(BallRule rule, bool isOfReference) => isOfReference ? ReferenceBalls.ContainsKey(rule) : CandidateHolders.ContainsKey(rule);

    /// <summary>Which reference balls grow when a row is left out.</summary>
    public BallGrowth ReferenceGrowth(int k) => GrowthOfReference[k];

    /// <summary>Which candidate balls grow when a row is left out.</summary>
    public BallGrowth CandidateGrowth(int k) => GrowthOfCandidate[k];

    /// <summary>How many balls of other reference rows hold each reference row, <c>[N]</c>.</summary>
    public int[] OwnBallsAround(BallRule rule) => OwnBalls[rule];

    /// <summary>Realism of each candidate row, <c>[M]</c>; 0 when no ball counts, infinite for a copy of a reference row without epsilon.</summary>
    public double[] Realism => RealismScores ?? throw NotAsked("realism");

    /// <summary>The nearest reference row of each candidate row, <c>[M]</c>.</summary>
    public NearestRows NearestReference => ReferenceNearest ?? throw NotAsked("the nearest reference");

    /// <summary>The nearest candidate row of each reference row, <c>[N]</c>.</summary>
    public NearestRows NearestCandidate => CandidateNearest ?? throw NotAsked("the nearest candidate");

    private static InvalidOperationException NotAsked(string what) => new($"The run did not ask for {what}.");
}
