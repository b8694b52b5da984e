using System.Globalization;

namespace QualityGate.Metrics;

/// <summary>One parameter of a metric family: its name, type, default, bounds and meaning stand here and nowhere else.</summary>
public sealed record ParameterDefinition
{
    private const int MostInList = 100;

    /// <summary>Key under <c>metrics: FAMILY:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Default, as it would be written.</summary>
    public required string Default { get; init; }

    /// <summary>What it means.</summary>
    public required string Summary { get; init; }

    /// <summary>Words allowed; empty for a number.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Smallest number allowed; null when only <see cref="Choices"/> are.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest number allowed. For whole numbers at most <see cref="int.MaxValue"/>.</summary>
    public double Maximum { get; init; } = int.MaxValue;

    /// <summary>Whether numbers may have a fraction.</summary>
    public bool IsReal { get; init; }

    /// <summary>Whether several whole numbers may be written: <c>1..10</c> or <c>1,3,5</c>.</summary>
    public bool IsList { get; init; }

    /// <summary>What may be written, in words.</summary>
    public string Expected
    {
        get
        {
            string words = string.Join(", ", Choices);
            if (Minimum is not { } minimum)
            {
                return $"one of {words}";
            }

            string kind = IsReal ? "a number" : "a whole number";
            string number = Maximum == int.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"{kind} from {minimum}")
                : string.Create(CultureInfo.InvariantCulture, $"{kind} from {minimum} to {Maximum}");
            string numbers = IsList ? $"{number}, or several such as 1..10 or 1,3,5" : number;
            return words.Length == 0 ? numbers : $"{numbers}, or {words}";
        }
    }

    /// <summary>
    /// A whole number as <see cref="int"/>, a real one as <see cref="double"/>, several as <c>int[]</c> (ascending), a word as
    /// <see cref="string"/>; null when the text is none of those that are allowed.
    /// </summary>
    public object? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        if (Minimum is null)
        {
            return null;
        }

        return IsReal ? ParseReal(text) : IsList ? ParseList(text) : ParseWhole(text);
    }

    private double? ParseReal(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= Minimum && number <= Maximum ? number : null;

    private int? ParseWhole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= Minimum && number <= Maximum ? number : null;

    private int[]? ParseList(string text)
    {
        SortedSet<int> numbers = [];
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split("..");
            if (ends.Length > 2 || ParseWhole(ends[0].Trim()) is not { } first || ParseWhole(ends[^1].Trim()) is not { } last || last < first || last - first >= MostInList)
            {
                return null;
            }

            numbers.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return numbers.Count <= MostInList ? [.. numbers] : null;
    }
}
