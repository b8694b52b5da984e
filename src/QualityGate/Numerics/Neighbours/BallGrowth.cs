namespace QualityGate.Numerics.Neighbours;

/// <summary>Whose absence makes which ball grow: a ball that reaches to the k-th nearest other row reaches to the next one when a row within it is left out.</summary>
public sealed class BallGrowth
{
    private readonly int[][] _within;

    private BallGrowth(int[][] within) => _within = within;

    /// <summary>Number of rows.</summary>
    public int Count => _within.Length;

    /// <summary>The rows without any one of which the ball of <paramref name="row"/> grows: at most k; none where rows equally far would take the place.</summary>
    public ReadOnlySpan<int> Within(int row) => _within[row];

    /// <summary>For each row the sum, over the balls that grow without it, of what their growth brings.</summary>
    /// <param name="perBall">What the growth of each ball brings.</param>
    public double[] Spread(IReadOnlyList<double> perBall)
    {
        ArgumentNullException.ThrowIfNull(perBall);
        double[] sums = new double[Count];
        for (int ball = 0; ball < Count; ball++)
        {
            foreach (int row in _within[ball])
            {
                sums[row] += perBall[ball];
            }
        }

        return sums;
    }

    internal static BallGrowth Of(CentredRows rows, double[] radii, (int Row, double Distance)[][] neighbours, int k)
    {
        int[][] copies = new int[rows.Count][];
        for (int group = 0; group < copies.Length; group++)
        {
            copies[group] = new int[rows.Weights[group]];
        }

        int[] filled = new int[rows.Count];
        for (int row = 0; row < rows.Distinct.GroupOf.Length; row++)
        {
            int group = rows.Distinct.GroupOf[row];
            copies[group][filled[group]++] = row;
        }

        int[][] within = new int[rows.Distinct.GroupOf.Length][];
        for (int row = 0; row < within.Length; row++)
        {
            within[row] = Within(row, rows.Distinct.GroupOf[row], copies, radii, neighbours, k);
        }

        return new BallGrowth(within);
    }

    private static int[] Within(int row, int group, int[][] copies, double[] radii, (int Row, double Distance)[][] neighbours, int k)
    {
        int count = copies[group].Length - 1;
        foreach ((int other, double distance) in neighbours[group])
        {
            count += distance <= radii[group] ? copies[other].Length : 0;
        }

        if (count > k)
        {
            return [];
        }

        List<int> found = [.. copies[group].Where(copy => copy != row)];
        foreach ((int other, double distance) in neighbours[group])
        {
            found.AddRange(distance <= radii[group] ? copies[other] : []);
        }

        return [.. found];
    }
}
