using System.Globalization;
using QualityGate.Specs;

namespace QualityGate.Gates;

/// <summary>The sentence about one judged limit: what was found, what was expected, what was accepted before.</summary>
internal static class GateMessage
{
    // Numbers of images beyond this are no advice.
    private const double MostImages = 1e7;

    public static string Write(GateLimit limit, string? inClass, double value, double? accepted, bool isBreached, GateChange? change = null, bool isOpen = false) =>
        GateRules.IsChange(limit.Rule)
            ? Change(limit, GateSubject.NameOf(limit.Metric, inClass), value, accepted!.Value) + (change is null ? "" : Noise(change, isOpen))
            : Absolute(limit, GateSubject.NameOf(limit.Metric, inClass), value, accepted, isBreached);

    public static string WithoutBaseline(GateLimit limit, string? inClass, double value) =>
        $"{GateSubject.NameOf(limit.Metric, inClass)} is {NumberText.Format(value)}; there is no baseline yet, so its change was not judged ({GateRules.NameOf(limit.Rule)})";

    private static string Absolute(GateLimit limit, string name, double value, double? accepted, bool isBreached)
    {
        (string found, string expected) = NumberText.Pair(value, limit.Limit);
        string side = limit.Rule == GateRule.Min ? "below" : "above";
        string against = accepted is { } before ? $"; baseline {NumberText.Format(before)}" : "";
        return $"{name} is {found}, {(isBreached ? "" : "not ")}{side} the limit {expected} ({GateRules.NameOf(limit.Rule)}){against}";
    }

    private static string Change(GateLimit limit, string name, double value, double accepted)
    {
        double change = value - accepted;
        double inDirection = limit.Rule == GateRule.MaxIncrease ? change : -change;
        double allowed = limit.IsRelative ? limit.Limit * Math.Abs(accepted) : limit.Limit;
        (string found, string before) = NumberText.Pair(value, accepted);
        (string moved, string most) = NumberText.Pair(Math.Abs(change), allowed);
        if (limit.IsRelative)
            most = $"{NumberText.Percent(limit.Limit)} ({most})";
        string position = change == 0 ? "as the baseline"
            : $"{moved}{Share(limit, change, accepted)} {(change > 0 ? "above" : "below")} the baseline {before}";
        string verb = inDirection > 0 ? "allowed" : "would be allowed";
        return $"{name} is {found}, {position}; at most {most} {verb} ({GateRules.NameOf(limit.Rule)})";
    }

    private static string Noise(GateChange change, bool isOpen)
    {
        if (change.IsSameImages)
        {
            return "; both runs measured the same images";
        }

        string shared = change.SharedImages is > 0 and { } same ? string.Create(CultureInfo.InvariantCulture, $", {same} candidate images shared") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"; change between {NumberText.Signed(change.Interval.Low)} and {NumberText.Signed(change.Interval.High)} at {NumberText.Percent(change.Confidence)}{shared}{(isOpen ? $", so it cannot be told; {More(change)}" : "")}");
    }

    /// <summary>What would decide an inconclusive gate.</summary>
    public static string More(GateChange change) => change.MoreImages switch
    {
        null => "more candidate images alone would not decide it, a baseline measured on more images might",
        > MostImages => "no number of images within reach would decide it",
        1 => "about 1 more candidate image would decide it",
        { } more => string.Create(CultureInfo.InvariantCulture, $"about {RoundUp(more):0} more candidate images would decide it"),
    };

    // Two digits: it is a guess.
    private static double RoundUp(double count)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, count))) - 1));
        return Math.Ceiling(Math.Max(1, count) / unit) * unit;
    }

    private static string Share(GateLimit limit, double change, double accepted) =>
        limit.IsRelative ? $" ({NumberText.Percent(Math.Abs(change / accepted))})" : "";
}
