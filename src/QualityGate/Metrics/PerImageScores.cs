namespace QualityGate.Metrics;

/// <summary>What metrics say of single images.</summary>
/// <param name="Reference">The real images.</param>
/// <param name="Candidate">The images under judgement.</param>
public sealed record PerImageScores(PerImageSide Reference, PerImageSide Candidate);

/// <summary>The images of one set.</summary>
/// <param name="Count">How many.</param>
/// <param name="Ids">Their relative paths, or null when unknown: then their row numbers name them.</param>
/// <param name="Columns">What is known of each, <paramref name="Count"/> values a column.</param>
public sealed record PerImageSide(int Count, IReadOnlyList<string>? Ids, IReadOnlyList<PerImageColumn> Columns);

/// <summary>One value for each image of a set.</summary>
public sealed class PerImageColumn
{
    private readonly Func<int, object?> _at;

    private PerImageColumn(string name, int count, Func<int, object?> at) => (Name, Count, _at) = (name, count, at);

    /// <summary>Name of the column, such as <c>realism</c>.</summary>
    public string Name { get; }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>Numbers; what is not finite counts as no value.</summary>
    public static PerImageColumn Of(string name, IReadOnlyList<double> values) => new(name, values.Count, i => Finite(values[i]));

    /// <summary>Numbers, or null where there is none.</summary>
    public static PerImageColumn Of(string name, IReadOnlyList<double?> values) => new(name, values.Count, i => Finite(values[i]));

    /// <summary>Whole numbers.</summary>
    public static PerImageColumn Of(string name, IReadOnlyList<int> values) => new(name, values.Count, i => values[i]);

    /// <summary>Whole numbers, or null where there is none.</summary>
    public static PerImageColumn Of(string name, IReadOnlyList<int?> values) => new(name, values.Count, i => values[i]);

    /// <summary>Truth values.</summary>
    public static PerImageColumn Of(string name, IReadOnlyList<bool> values) => new(name, values.Count, i => values[i]);

    /// <summary>Texts, or null where there is none.</summary>
    public static PerImageColumn Of(string name, IReadOnlyList<string?> values) => new(name, values.Count, i => values[i]);

    /// <summary>Value of an image: a finite double, an int, a bool, a string or null.</summary>
    public object? At(int index) => _at(index);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
