using System.Globalization;

namespace QualityGate.Metrics;

/// <summary>One parameter of a metric family: its name, type, default, bounds and meaning stand here and nowhere else.</summary>
public sealed record ParameterDefinition
{
    /// <summary>Key under <c>metrics: FAMILY:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Default, as it would be written.</summary>
    public required string Default { get; init; }

    /// <summary>What it means.</summary>
    public required string Summary { get; init; }

    /// <summary>Words allowed; empty for a number.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Smallest whole number allowed; null when only <see cref="Choices"/> are.</summary>
    public int? Minimum { get; init; }

    /// <summary>Largest whole number allowed.</summary>
    public int Maximum { get; init; } = int.MaxValue;

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

            string number = Maximum == int.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum}")
                : string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {Maximum}");
            return words.Length == 0 ? number : $"{number}, or {words}";
        }
    }

    /// <summary>A whole number as <see cref="int"/>, a word as <see cref="string"/>; null when the text is neither.</summary>
    public object? Parse(string text)
    {
        if (Choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        return isNumber && Minimum is { } minimum && number >= minimum && number <= Maximum ? number : null;
    }
}
