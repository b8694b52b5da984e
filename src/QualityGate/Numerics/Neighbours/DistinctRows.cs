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
    /// <param name="rows">The set.</param>
    /// <param name="squaredNorms">One number a row, equal for equal rows: it tells most rows apart without reading them.</param>
    public static DistinctRows Of(FeatureMatrix rows, double[] squaredNorms)
    {
        Dictionary<double, List<int>> groupsByHash = [];
        List<int> representative = [], weight = [];
        int[] groupOf = new int[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            ref List<int>? groups = ref CollectionsMarshal.GetValueRefOrAddDefault(groupsByHash, squaredNorms[i], out _);
            groups ??= [];
            int group = groups.Count == 0 ? -1 : Find(rows, rows.Row(i), groups, representative);
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
}
