namespace QualityGate.Specs;

/// <summary>Finds what a person meant when a name is unknown, by Damerau-Levenshtein distance (optimal string alignment).</summary>
internal static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The end of a message about an unknown name: the nearest known one, else all of them.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="known">Names that would be right.</param>
    public static string Suggest(string name, IReadOnlyCollection<string> known) => Find(name, known) switch
    {
        { } near => $"; did you mean `{near}`?",
        null when known.Count > 0 => $"; known: {string.Join(", ", known)}",
        null => "",
    };

    /// <summary>
    /// The known name nearest to <paramref name="name"/> (case aside), or null when none is near: more than a third of the
    /// letters differ. Of equally near ones the first in <paramref name="known"/>.
    /// </summary>
    /// <param name="name">The name as written.</param>
    /// <param name="known">Names that would be right.</param>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName)
            return null;
        string? best = null;
        int bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>Fewest insertions, deletions, replacements and swaps of neighbours that turn one text into the other.</summary>
    /// <param name="from">One text.</param>
    /// <param name="to">The other.</param>
    public static int Distance(string from, string to)
    {
        var cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= to.Length; j++)
            cost[0, j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                int replace = cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                int best = Math.Min(replace, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                cost[i, j] = swapped ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
            }
        }

        return cost[from.Length, to.Length];
    }
}
