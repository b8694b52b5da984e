namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// What the pass knows of candidate rows so far. Each worker has its own; sums of whole numbers and exact extremes come out the same in
/// whatever order they are put together.
/// </summary>
internal sealed class CandidateSide
{
    private readonly CentredRows _reference;

    public CandidateSide(CrossPass pass)
    {
        _reference = pass.Reference;
        int length = pass.Candidate.PaddedCount;
        Balls = Array.ConvertAll(pass.ReferenceBalls, _ => new int[length]);
        BestRank = Array.ConvertAll(pass.ReferenceBalls, set => set.Rank is null ? [] : Filled(length, int.MaxValue));
        Nearest = pass.Demand.NearestReference ? new Nearest(length) : null;
        Ids = pass.Demand.WantsInfluence ? Array.ConvertAll(pass.ReferenceBalls, _ => new FewIds(length)) : null;
        NearestLimit = Filled(length, Nearest is null ? -1f : float.MaxValue);
        Limit = new float[length];
        for (int j = 0; j < length; j++)
        {
            Limit[j] = Math.Max(NearestLimit[j], pass.LargestCandidateBall[j]);
        }

        Realism = pass.Realism is null ? [] : new double[length];
        RealismBar = pass.Realism is null ? [] : new float[length];
    }

    /// <summary>Reference balls around each row, by rule.</summary>
    public int[][] Balls { get; }

    /// <summary>A few of the balls around each row, by rule, when asked for.</summary>
    public FewIds[]? Ids { get; }

    /// <summary>Rank of the smallest ball around each row, by rule.</summary>
    public int[][] BestRank { get; }

    public Nearest? Nearest { get; }

    /// <summary>A reference row above this scaled squared distance is not the nearest.</summary>
    public float[] NearestLimit { get; }

    /// <summary>The larger of that and the row's own largest ball.</summary>
    public float[] Limit { get; }

    public double[] Realism { get; }

    /// <summary>A squared ratio that a better ball must exceed.</summary>
    public float[] RealismBar { get; }

    public void Take(CandidateSide other)
    {
        for (int r = 0; r < Balls.Length; r++)
        {
            for (int j = 0; j < Balls[r].Length; j++)
            {
                Balls[r][j] += other.Balls[r][j];
            }

            Ids?[r].Take(other.Ids![r], 0);
            for (int j = 0; j < BestRank[r].Length; j++)
            {
                BestRank[r][j] = Math.Min(BestRank[r][j], other.BestRank[r][j]);
            }
        }

        for (int j = 0; j < Realism.Length; j++)
        {
            Realism[j] = Math.Max(Realism[j], other.Realism[j]);
        }

        Nearest?.Take(other.Nearest!, 0, _reference);
    }

    private static T[] Filled<T>(int length, T value)
    {
        T[] array = new T[length];
        Array.Fill(array, value);
        return array;
    }
}

/// <summary>What the pass knows of a range of reference rows so far.</summary>
internal sealed class ReferenceSide
{
    private readonly CentredRows _candidate;

    public ReferenceSide(CrossPass pass, int start, int count)
    {
        _candidate = pass.Candidate;
        Start = start;
        Count = count;
        InBall = Array.ConvertAll(pass.ReferenceBalls, _ => new int[count]);
        Holders = Array.ConvertAll(pass.CandidateBalls, _ => new int[count]);
        bool names = pass.Demand.WantsInfluence;
        Ids = names ? Array.ConvertAll(pass.ReferenceBalls, _ => new FewIds(count)) : null;
        HolderIds = names ? Array.ConvertAll(pass.CandidateBalls, _ => new FewIds(count)) : null;
        EnoughHolders = names ? FewIds.Most + 1 : 1;
        Nearest = pass.Demand.NearestCandidate ? new Nearest(count) : null;
        NearestLimit = new float[count];
        Array.Fill(NearestLimit, Nearest is null ? -1f : float.MaxValue);
    }

    public int Start { get; }

    public int Count { get; }

    /// <summary>Candidate rows in each row's ball, by rule.</summary>
    public int[][] InBall { get; }

    /// <summary>Whether a candidate ball holds each row, by rule.</summary>
    public int[][] Holders { get; }

    /// <summary>From here on it does not matter how many candidate balls hold a row.</summary>
    public int EnoughHolders { get; }

    /// <summary>A few of the candidate rows in each row's ball, by rule, when asked for.</summary>
    public FewIds[]? Ids { get; }

    /// <summary>A few of the candidate balls that hold each row, by rule, when asked for.</summary>
    public FewIds[]? HolderIds { get; }

    public Nearest? Nearest { get; }

    /// <summary>A candidate row above this scaled squared distance is not the nearest.</summary>
    public float[] NearestLimit { get; }

    /// <summary>Whether nothing more can be learnt of who holds the row.</summary>
    public bool IsHeldByAll(int row) => Array.TrueForAll(Holders, holders => holders[row] >= EnoughHolders);

    public void Take(ReferenceSide part)
    {
        for (int r = 0; r < InBall.Length; r++)
        {
            for (int i = 0; i < part.Count; i++)
            {
                InBall[r][part.Start + i] += part.InBall[r][i];
            }

            Ids?[r].Take(part.Ids![r], part.Start);
        }

        for (int r = 0; r < Holders.Length; r++)
        {
            for (int i = 0; i < part.Count; i++)
            {
                Holders[r][part.Start + i] += part.Holders[r][i];
            }

            HolderIds?[r].Take(part.HolderIds![r], part.Start);
        }

        Nearest?.Take(part.Nearest!, part.Start, _candidate);
    }
}

/// <summary>For each row the nearest of the other set so far, exactly; of equally near ones the first.</summary>
internal sealed class Nearest
{
    public Nearest(int count)
    {
        Distance = new double[count];
        Group = new int[count];
        Array.Fill(Distance, double.PositiveInfinity);
        Array.Fill(Group, -1);
    }

    public double[] Distance { get; }

    public int[] Group { get; }

    /// <summary>Considers one more; true when it is the nearest now.</summary>
    public bool Offer(int row, double distance, int group, CentredRows others)
    {
        if (distance > Distance[row] || (distance == Distance[row] && IsAfter(group, Group[row], others)))
        {
            return false;
        }

        Distance[row] = distance;
        Group[row] = group;
        return true;
    }

    public void Take(Nearest part, int start, CentredRows others)
    {
        for (int i = 0; i < part.Distance.Length; i++)
        {
            if (part.Group[i] >= 0)
            {
                Offer(start + i, part.Distance[i], part.Group[i], others);
            }
        }
    }

    public NearestRows PerRow(CentredRows own, CentredRows others) =>
        new(own.PerRow(Array.ConvertAll(Group, group => group < 0 ? -1 : others.Distinct.Representative[group])), own.PerRow(Distance));

    private static bool IsAfter(int group, int other, CentredRows rows) =>
        other >= 0 && rows.Distinct.Representative[group] >= rows.Distinct.Representative[other];
}
