namespace QualityGate.Onnx;

/// <summary>Finds the name a person probably meant.</summary>
internal static class NearestName
{
    /// <summary>Longer names than this are not compared, since the work grows with the product of both lengths.</summary>
    private const int LongestCompared = 256;

    /// <summary>The candidate with the fewest edits from <paramref name="name"/>, or null when none is near.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int fewest = Math.Max(2, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            int edits = Math.Abs(candidate.Length - name.Length) >= fewest ? fewest : Edits(name, candidate);
            if (edits >= fewest) continue;
            fewest = edits;
            nearest = candidate;
        }

        return nearest;
    }

    /// <summary>Levenshtein's distance without regard to case.</summary>
    private static int Edits(string left, string right)
    {
        if (left.Length > LongestCompared || right.Length > LongestCompared) return int.MaxValue;
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                bool same = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                int replace = previous[j - 1] + (same ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
