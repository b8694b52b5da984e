using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QualityGate.Specs;

/// <summary>Which values from 0 to 255 mean the object: ranges and numbers such as <c>128..255</c> or <c>1,3,5..7</c>.</summary>
public sealed class MaskValues : IEquatable<MaskValues>
{
    /// <summary>What may be written.</summary>
    public const string Expected = "values from 0 to 255 such as 128..255 or 1,3,5..7";

    internal const string Pattern = "^ *[0-9]{1,3}(\\.\\.[0-9]{1,3})?( *, *[0-9]{1,3}(\\.\\.[0-9]{1,3})?)* *$";

    private const int Values = 256;
    private readonly BitArray _isObject;

    private MaskValues(BitArray isObject) => _isObject = isObject;

    /// <summary>From 128 on, as a mask that was saved as black and white with grey edges.</summary>
    public static MaskValues UpperHalf { get; } = TryParse("128..255", out MaskValues? half) ? half : throw new InvalidOperationException();

    /// <summary>Whether a value means the object.</summary>
    public bool Contains(int value) => value is >= 0 and < Values && _isObject[value];

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="values">What it means.</param>
    /// <returns>Whether it is <see cref="Expected"/>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out MaskValues? values)
    {
        values = null;
        BitArray isObject = new(Values);
        foreach (string part in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split("..");
            if (ends.Length > 2 || !TryValue(ends[0], out int first) || !TryValue(ends[^1], out int last) || last < first)
            {
                return false;
            }

            for (int value = first; value <= last; value++)
            {
                isObject[value] = true;
            }
        }

        values = new MaskValues(isObject);
        return true;
    }

    /// <summary>The shortest way to write the values: equal ones have equal texts.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        for (int first = 0, end; first < Values; first = end)
        {
            for (end = first; end < Values && _isObject[end]; end++)
            {
            }

            if (end == first)
            {
                end++;
                continue;
            }

            parts.Add(end - first == 1
                ? first.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{first}..{end - 1}"));
        }

        return string.Join(',', parts);
    }

    /// <inheritdoc />
    public bool Equals(MaskValues? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as MaskValues);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static bool TryValue(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < Values;
}
