using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QualityGate.Specs;

/// <summary>What masks do to pixels.</summary>
public enum MaskModeKind
{
    /// <summary>Nothing; masks are not even read.</summary>
    None,

    /// <summary>The background becomes 0.</summary>
    Hard,

    /// <summary>The background is scaled.</summary>
    Soft,

    /// <summary>The object becomes 0.</summary>
    Inverse,

    /// <summary>The background becomes one colour.</summary>
    Colour,

    /// <summary>The background becomes that part of another image of the set.</summary>
    Swap,
}

/// <summary>What masks do: <c>none</c>, <c>hard</c>, <c>soft:0.5</c>, <c>inverse</c>, <c>replace:#808080</c>, <c>replace:swap</c> or <c>replace:swap:SEED</c>.</summary>
public readonly record struct MaskMode
{
    /// <summary>What may be written.</summary>
    public const string Expected = "none, hard, soft:S with S between 0 and 1, inverse, replace:#RRGGBB, replace:swap or replace:swap:SEED";

    internal const string Pattern = "^(none|hard|inverse|soft:(0?\\.[0-9]+|[0-9.]+[eE]-[0-9]+)|replace:(#[0-9a-fA-F]{6}|swap(:[0-9]{1,10})?))$";

    private const string SoftStart = "soft:";
    private const string ReplaceStart = "replace:";
    private const string SwapWord = "swap";

    /// <summary>Which mode.</summary>
    public MaskModeKind Kind { get; private init; }

    /// <summary>What the background is multiplied with, in (0, 1); of <see cref="MaskModeKind.Soft"/> only.</summary>
    public double Scale { get; private init; }

    /// <summary>Red, green, blue as 0xRRGGBB; of <see cref="MaskModeKind.Colour"/> only.</summary>
    public int Colour { get; private init; }

    /// <summary>Which permutation of the set; of <see cref="MaskModeKind.Swap"/> only.</summary>
    public uint Seed { get; private init; }

    /// <summary>The background becomes 0.</summary>
    public static MaskMode Hard { get; } = new() { Kind = MaskModeKind.Hard };

    /// <summary>Images stay as they are.</summary>
    public static MaskMode None => default;

    /// <summary>The object becomes 0.</summary>
    public static MaskMode Inverse { get; } = new() { Kind = MaskModeKind.Inverse };

    /// <summary>Whether masks are not even read.</summary>
    public bool IsNone => Kind == MaskModeKind.None;

    /// <summary>The background is scaled.</summary>
    /// <param name="scale">By what, in (0, 1).</param>
    public static MaskMode Soft(double scale) => scale is > 0 and < 1
        ? new MaskMode { Kind = MaskModeKind.Soft, Scale = scale }
        : throw new ArgumentOutOfRangeException(nameof(scale), scale, "between 0 and 1");

    /// <summary>The background becomes that part of another image.</summary>
    /// <param name="seed">Which permutation of the set.</param>
    public static MaskMode Swap(uint seed) => new() { Kind = MaskModeKind.Swap, Seed = seed };

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mode">What it means.</param>
    /// <returns>Whether it is one of <see cref="Expected"/>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MaskMode mode)
    {
        mode = default;
        switch (text)
        {
            case "none":
                return true;
            case "hard":
                mode = Hard;
                return true;
            case "inverse":
                mode = Inverse;
                return true;
            default:
                return text is not null && (text.StartsWith(SoftStart, StringComparison.Ordinal)
                    ? TrySoft(text[SoftStart.Length..], out mode)
                    : text.StartsWith(ReplaceStart, StringComparison.Ordinal) && TryReplace(text[ReplaceStart.Length..], out mode));
        }
    }

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        MaskModeKind.None => "none",
        MaskModeKind.Hard => "hard",
        MaskModeKind.Inverse => "inverse",
        MaskModeKind.Soft => string.Create(CultureInfo.InvariantCulture, $"{SoftStart}{Scale:R}"),
        MaskModeKind.Colour => string.Create(CultureInfo.InvariantCulture, $"{ReplaceStart}#{Colour:x6}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ReplaceStart}{SwapWord}:{Seed}"),
    };

    private static bool TrySoft(string text, out MaskMode mode)
    {
        bool isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double scale);
        mode = new MaskMode { Kind = MaskModeKind.Soft, Scale = scale };
        return isNumber && scale > 0 && scale < 1;
    }

    private static bool TryReplace(string text, out MaskMode mode)
    {
        if (text.Length == 7 && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int colour))
        {
            mode = new MaskMode { Kind = MaskModeKind.Colour, Colour = colour };
            return true;
        }

        uint seed = 0;
        mode = default;
        bool isSwap = text == SwapWord
            || (text.StartsWith(SwapWord + ":", StringComparison.Ordinal) && uint.TryParse(text.AsSpan(SwapWord.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out seed));
        mode = isSwap ? new MaskMode { Kind = MaskModeKind.Swap, Seed = seed } : default;
        return isSwap;
    }
}
