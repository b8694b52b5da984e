namespace QualityGate.Metrics;

/// <summary>Classes as numbers, and how many images of each there are to find.</summary>
internal sealed class RetrievalClasses
{
    private readonly int[] _gallerySizes;
    private readonly bool _isOneSet;

    private RetrievalClasses(string[] names, int[] queries, int[] gallery, bool isOneSet)
    {
        (Names, Queries, Gallery, _isOneSet) = (names, queries, gallery, isOneSet);
        _gallerySizes = new int[names.Length];
        foreach (int label in gallery.Where(label => label >= 0))
        {
            _gallerySizes[label]++;
        }
    }

    /// <summary>Names of the queries' classes, in ordinal order.</summary>
    public string[] Names { get; }

    /// <summary>Class of each query.</summary>
    public int[] Queries { get; }

    /// <summary>Class of each gallery image; -1 when no query is of it.</summary>
    public int[] Gallery { get; }

    /// <summary>Numbers the classes; without <paramref name="gallery"/> the queries are searched themselves.</summary>
    public static RetrievalClasses Of(IReadOnlyList<string> queries, IReadOnlyList<string>? gallery)
    {
        string[] names = [.. queries.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Dictionary<string, int> numbers = names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
        int[] own = [.. queries.Select(label => numbers[label])];
        return new RetrievalClasses(names, own, gallery is null ? own : [.. gallery.Select(label => numbers.GetValueOrDefault(label, -1))], gallery is null);
    }

    /// <summary>R: the images of a query's class, itself left out.</summary>
    public int RelevantTo(int query) => _gallerySizes[Queries[query]] - (_isOneSet ? 1 : 0);
}
