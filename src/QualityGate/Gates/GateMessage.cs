using QualityGate.Specs;

namespace QualityGate.Gates;

/// <summary>The sentence about one judged limit: what was found, what was expected, what was accepted before.</summary>
internal static class GateMessage
{
    public static string Write(GateLimit limit, string? inClass, double value, double? accepted, bool isBreached) =>
        GateRules.IsChange(limit.Rule)
            ? Change(limit, GateSubject.NameOf(limit.Metric, inClass), value, accepted!.Value)
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

    private static string Share(GateLimit limit, double change, double accepted) =>
        limit.IsRelative ? $" ({NumberText.Percent(Math.Abs(change / accepted))})" : "";
}
