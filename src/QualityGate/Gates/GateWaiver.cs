using System.Globalization;
using QualityGate.Specs;

namespace QualityGate.Gates;

/// <summary>The waiver that a gate which did not pass has or had.</summary>
/// <param name="Until">Its last day, UTC.</param>
/// <param name="Author">Who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsExpired">Whether that day is over: then it changes nothing.</param>
public sealed record GateWaiver(DateOnly Until, string Author, string Reason, bool IsExpired)
{
    /// <summary>Lets waived gates warn that would fail the run, and says of others that their waiver has expired.</summary>
    /// <param name="results">The judged gates.</param>
    /// <param name="waivers">The spec's waivers.</param>
    /// <param name="today">Today, UTC.</param>
    /// <param name="onInconclusive">What inconclusive gates do.</param>
    public static IReadOnlyList<GateResult> Apply(IReadOnlyList<GateResult> results, IReadOnlyList<Waiver> waivers, DateOnly today, OnInconclusive onInconclusive) =>
        waivers.Count == 0 ? results : [.. results.Select(r => Fails(r, onInconclusive) ? Apply(r, waivers, today) : r)];

    /// <summary>What a reader should know: waivers that are not needed any more.</summary>
    /// <param name="results">The judged gates.</param>
    /// <param name="waivers">The spec's waivers.</param>
    public static IEnumerable<string> Idle(IReadOnlyList<GateResult> results, IReadOnlyList<Waiver> waivers) => waivers
        .Where(w => results.Where(r => w.Covers(r.Limit)).All(r => r.Verdict == Verdict.Pass))
        .Select(w => $"{w.Metric} passes: its waiver until {Date(w.Until)} can be removed.");

    private static bool Fails(GateResult result, OnInconclusive policy) =>
        result.Verdict == Verdict.Fail || (policy == OnInconclusive.Fail && result.CanFailByPolicy);

    private static GateResult Apply(GateResult result, IReadOnlyList<Waiver> waivers, DateOnly today)
    {
        // Of several the one that holds longest.
        if (waivers.Where(w => w.Covers(result.Limit)).MaxBy(w => w.Until) is not { } waiver)
        {
            return result;
        }

        GateWaiver found = new(waiver.Until, waiver.Author, waiver.Reason, today > waiver.Until);
        return found.IsExpired
            ? result with { Waiver = found, Message = $"{result.Message}; its waiver by {waiver.Author} expired on {Date(waiver.Until)}" }
            : result with { Waiver = found, Verdict = Verdict.Warn, Message = $"{result.Message}; waived until {Date(waiver.Until)} by {waiver.Author}: {waiver.Reason}" };
    }

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
