namespace QualityGate.Images;

/// <summary>Finds what a mistyped path probably meant.</summary>
internal static class NearestSibling
{
    private const int MostSiblings = 10_000;

    /// <summary>The existing path that differs least from a missing one in its first missing part, or null when none is close.</summary>
    public static string? Of(string location)
    {
        string path = Path.TrimEndingDirectorySeparator(location);
        string? parent = Path.GetDirectoryName(path);
        while (!string.IsNullOrEmpty(parent) && !Directory.Exists(parent))
        {
            path = parent;
            parent = Path.GetDirectoryName(path);
        }

        if (parent is null)
            return null;
        string wanted = Path.GetFileName(path);
        string? best = Names(parent.Length == 0 ? "." : parent)
            .Select(name => (Name: name, Distance: Distance(wanted, name)))
            .Where(near => near.Distance <= Math.Max(1, wanted.Length / 3))
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal)
            .Select(near => near.Name)
            .FirstOrDefault();
        return best is null ? null : Path.Combine(parent, best).Replace('\\', '/');
    }

    private static List<string> Names(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Take(MostSiblings).Select(Path.GetFileName).OfType<string>().ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Fewest insertions, deletions and replacements, case aside.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
