using System.Globalization;

namespace QualityGate.Gates;

/// <summary>Numbers as people read them: four significant digits, a point, a plain minus, whatever the machine's culture.</summary>
internal static class NumberText
{
    private const int Digits = 4;
    private const int AllDigits = 17;

    public static string Format(double value) => Format(value, Digits);

    /// <summary>A dash where there is no number.</summary>
    public static string Format(double? value) => value is { } known ? Format(known) : "-";

    /// <summary>With its sign, for changes.</summary>
    public static string Signed(double value) => value > 0 ? "+" + Format(value) : Format(value);

    /// <summary>0.05 as <c>5%</c>.</summary>
    public static string Percent(double fraction) => Format(fraction * 100) + "%";

    /// <summary>Two numbers that differ, with as many digits as it takes to see it: "0.8 is below 0.8" helps nobody.</summary>
    public static (string First, string Second) Pair(double first, double second)
    {
        int digits = Digits;
        while (digits < AllDigits && first != second && Format(first, digits) == Format(second, digits))
            digits++;
        return (Format(first, digits), Format(second, digits));
    }

    private static string Format(double value, int digits)
    {
        if (value == 0)
            return "0";
        double size = Math.Abs(value);
        bool isWhole = size is >= 1000 and < 1e15 && Math.Log10(size) >= digits - 1;
        string format = isWhole ? "F0" : "G" + digits.ToString(CultureInfo.InvariantCulture);
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('E', 'e');
    }
}
