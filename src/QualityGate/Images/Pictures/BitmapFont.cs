namespace QualityGate.Images.Pictures;

/// <summary>
/// Letters of 5 x 7 dots. Small letters are drawn as capitals, and what is not in the font as an empty box, so that no text can draw anything
/// but its own line.
/// </summary>
internal static class BitmapFont
{
    public const int Width = 5;
    public const int Height = 7;

    /// <summary>From one letter to the next.</summary>
    public const int Advance = Width + 1;

    private const string Unknown = "1F11111111111F";

    private const string Letters = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.,-_/:()%+=<>?#|'!";

    // Of each letter seven rows of five dots from the top, each row two hexadecimal digits, the leftmost dot first.
    private static readonly string[] Glyphs =
    [
        "00000000000000", "0E11111511110E", "040C140404041F", "1E01010E10101F", "1E01010E01011E", "1111111F010101", "1F10101E01011E", "0E10101E11110E",
        "1F010102040404", "0E11110E11110E", "0E11110F01010E", "0E11111F111111", "1E11111E11111E", "0F10101010100F", "1E11111111111E", "1F10101E10101F",
        "1F10101E101010", "0F10101311110F", "1111111F111111", "0E04040404040E", "0101010101110E", "11121418141211", "1010101010101F", "111B1515111111",
        "11191915131311", "0E11111111110E", "1E11111E101010", "0E11111115120D", "1E11111E141211", "0F10100E01011E", "1F040404040404", "1111111111110E",
        "111111110A0A04", "11111115151B11", "11110A040A1111", "11110A04040404", "1F01020408101F", "00000000000C0C", "000000000C0408", "0000000E000000",
        "0000000000001F", "01010204081010", "000C0C000C0C00", "02040808080402", "08040202020408", "191A0204080B13", "0004041F040400", "00001F001F0000",
        "02040810080402", "08040201020408", "0E110106040004", "0A0A1F0A1F0A0A", "04040404040404", "04040000000000", "04040404040004",
    ];

    /// <summary>Whether a dot of a letter is set.</summary>
    public static bool IsSet(char letter, int x, int y)
    {
        int place = Letters.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
        string glyph = place < 0 ? Unknown : Glyphs[place];
        int row = (Digit(glyph[2 * y]) << 4) | Digit(glyph[(2 * y) + 1]);
        return ((row >> (Width - 1 - x)) & 1) != 0;
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : c - 'A' + 10;
}
