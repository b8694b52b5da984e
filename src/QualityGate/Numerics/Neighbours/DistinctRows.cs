using System.Runtime.InteropServices;

namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// The different rows of a set, each with how often it occurs. Generated sets often hold many copies of one image; every
/// copy has the same distances, so they are measured once and counted by weight, and ties between copies cost nothing.
/// </summary>
internal sealed class DistinctRows
{
    private DistinctRows(int[] representative, int[] weight, int[] groupOf)
    {
        Representative = representative;
        Weight = weight;
        GroupOf = groupOf;
    }

    /// <summary>Number of different rows.</summary>
    public int Count => Representative.Length;

    /// <summary>First row of each group, in ascending order.</summary>
    public int[] Representative { get; }

    /// <summary>Rows in each group.</summary>
    public int[] Weight { get; }

    /// <summary>Group of each row.</summary>
    public int[] GroupOf { get; }

    /// <summary>Finds the groups. Rows are equal when all values are (so 0 equals -0).</summary>
    public static DistinctRows Of(FeatureMatrix rows)
    {
        Dictionary<int, List<int>> groupsByHash = [];
        List<int> representative = [], weight = [];
        int[] groupOf = new int[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            ref List<int>? groups = ref CollectionsMarshal.GetValueRefOrAddDefault(groupsByHash, Hash(row), out _);
            groups ??= [];
            int group = Find(rows, row, groups, representative);
            if (group < 0)
            {
                group = representative.Count;
                groups.Add(group);
                representative.Add(i);
                weight.Add(0);
            }

            weight[group]++;
            groupOf[i] = group;
        }

        return new DistinctRows([.. representative], [.. weight], groupOf);
    }

    private static int Find(FeatureMatrix rows, ReadOnlySpan<float> row, List<int> groups, List<int> representative)
    {
        foreach (int group in groups)
        {
            if (rows.Row(representative[group]).SequenceEqual(row))
            {
                return group;
            }
        }

        return -1;
    }

    // A few spread values are enough to tell nearly all rows apart; equality is checked in full.
    private static int Hash(ReadOnlySpan<float> row)
    {
        HashCode hash = default;
        int step = Math.Max(1, row.Length / 16);
        for (int d = 0; d < row.Length; d += step)
        {
            hash.Add(row[d] + 0f);
        }

        return hash.ToHashCode();
    }
}
