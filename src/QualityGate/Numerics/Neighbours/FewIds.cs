namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// For each row the few smallest indices of what was found at it: enough to say who was alone or almost alone, in memory that does not grow with how many there were.
/// The smallest of a union are the smallest of the parts' smallest, so the order in which parts are put together changes nothing.
/// </summary>
internal sealed class FewIds
{
    /// <summary>How many are kept a row.</summary>
    public const int Most = 4;

    private readonly int[] _ids;

    public FewIds(int rows)
    {
        _ids = new int[rows * Most];
        Array.Fill(_ids, int.MaxValue);
    }

    /// <summary>Those of a row in ascending order.</summary>
    public ReadOnlySpan<int> Of(int row)
    {
        ReadOnlySpan<int> ids = _ids.AsSpan(row * Most, Most);
        int known = ids.IndexOf(int.MaxValue);
        return known < 0 ? ids : ids[..known];
    }

    /// <summary>Adds one, which is not there yet.</summary>
    public void Add(int row, int id)
    {
        Span<int> ids = _ids.AsSpan(row * Most, Most);
        if (id >= ids[Most - 1])
        {
            return;
        }

        int at = Most - 1;
        for (; at > 0 && ids[at - 1] > id; at--)
        {
            ids[at] = ids[at - 1];
        }

        ids[at] = id;
    }

    /// <summary>Adds a part whose row 0 is row <paramref name="start"/> here.</summary>
    public void Take(FewIds part, int start)
    {
        for (int row = 0; row < part._ids.Length / Most; row++)
        {
            foreach (int id in part.Of(row))
            {
                Add(start + row, id);
            }
        }
    }

    /// <summary>For each row how many there were, and the rows that the kept groups stand for.</summary>
    public Finders PerRow(CentredRows own, CentredRows others, int[] counts)
    {
        int[][] rows = new int[counts.Length][];
        for (int group = 0; group < rows.Length; group++)
        {
            // With no more than these, all of them are kept, and each is one row.
            rows[group] = group < own.Count && counts[group] is > 0 and <= Most ? Representatives(Of(group), others) : [];
        }

        return new Finders(own.PerRow(counts), own.PerRow(rows));
    }

    private static int[] Representatives(ReadOnlySpan<int> groups, CentredRows rows)
    {
        int[] found = new int[groups.Length];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = rows.Distinct.Representative[groups[i]];
        }

        return found;
    }
}

/// <summary>Who was found at each row, where they were few.</summary>
/// <param name="Counts">How many, copies included; at least the number of those named, and exact up to four.</param>
/// <param name="Rows">Which, when there were one to four; a group of copies is named by its first row.</param>
public sealed record Finders(int[] Counts, int[][] Rows)
{
    /// <summary>The only one that was found at a row, or -1.</summary>
    public int Sole(int row) => Counts[row] == 1 ? Rows[row][0] : -1;
}
