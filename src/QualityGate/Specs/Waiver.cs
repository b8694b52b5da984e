using QualityGate.Errors;

namespace QualityGate.Specs;

/// <summary>A breach that somebody accepts for a while: the gate warns instead of failing until the day is over, and then fails again.</summary>
/// <param name="Metric">The metric whose gates are waived.</param>
/// <param name="Rule">The kind of limit, or null for all of the metric's.</param>
/// <param name="Until">Last day on which it holds, UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who answers for it.</param>
/// <param name="Location">Where it was written.</param>
public sealed record Waiver(string Metric, GateRule? Rule, DateOnly Until, string Reason, string Author, SourceLocation? Location)
{
    /// <summary>Whether it is about a limit.</summary>
    /// <param name="limit">The limit.</param>
    public bool Covers(GateLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return limit.Metric == Metric && (Rule is null || Rule == limit.Rule);
    }
}
