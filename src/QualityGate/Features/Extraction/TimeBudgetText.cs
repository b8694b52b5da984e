using System.Globalization;

namespace QualityGate.Features.Extraction;

/// <summary>Time budgets as people write and read them.</summary>
public static class TimeBudgetText
{
    /// <summary>What is expected, for messages.</summary>
    public const string Expected = "a time of 1ms to 24h with its unit, such as 500ms, 20s or 2m";

    private static readonly TimeSpan Smallest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Largest = TimeSpan.FromHours(24);

    /// <summary>Reads <c>500ms</c>, <c>20s</c>, <c>2m</c>, <c>1h</c>, with a fraction or not.</summary>
    /// <param name="text">What was written.</param>
    /// <returns>Null when it is not <see cref="Expected"/>.</returns>
    public static TimeSpan? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int unit = text.Length - text.AsSpan().TrimStart("0123456789.").Length;
        if (unit == 0 || !double.TryParse(text.AsSpan(0, unit), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return null;
        }

        double? milliseconds = text[unit..] switch
        {
            "ms" => number,
            "s" => number * 1_000,
            "m" or "min" => number * 60_000,
            "h" => number * 3_600_000,
            _ => null,
        };
        return milliseconds is { } known && known >= Smallest.TotalMilliseconds && known <= Largest.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(known)
            : null;
    }

    /// <summary>As messages say it: <c>500 ms</c>, <c>20 s</c>, <c>2 min</c>.</summary>
    /// <param name="time">The budget.</param>
    public static string Write(TimeSpan time)
    {
        (double number, string unit) = time.TotalSeconds < 1 ? (time.TotalMilliseconds, "ms")
            : time.TotalMinutes >= 1 && time.Ticks % TimeSpan.TicksPerMinute == 0 ? (time.TotalMinutes, "min")
            : (time.TotalSeconds, "s");
        return string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {unit}");
    }
}
