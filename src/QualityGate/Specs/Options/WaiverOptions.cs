using System.Text.Json.Nodes;

namespace QualityGate.Specs.Options;

/// <summary>The keys of one waiver.</summary>
internal static class WaiverOptions
{
    public static readonly Option<string> Metric = new("metric", new TextKind("a metric that has a gate"), "The metric whose breaches are waived.") { IsRequired = true };

    public static readonly Option<GateRule?> Rule = new(
        "rule",
        new ChoiceKind<GateRule?>(("min", GateRule.Min), ("max", GateRule.Max), ("max_increase", GateRule.MaxIncrease), ("max_decrease", GateRule.MaxDecrease)),
        "The kind of limit. Not given: all of the metric's.");

    public static readonly Option<DateOnly> Until = new("until", new DateKind(), "Last day on which it holds, in UTC. From the next day on the gate fails again.") { IsRequired = true };

    public static readonly Option<string> Reason = new("reason", new TextKind("a sentence"), "Why the breach is accepted; reports show it.") { IsRequired = true };

    public static readonly Option<string> Author = new("author", new TextKind("a name"), "Who answers for it; reports show it.") { IsRequired = true };

    public static readonly IReadOnlyList<Option> All = [Metric, Rule, Until, Reason, Author];

    public static JsonObject Schema() => new() { ["type"] = "array", ["items"] = Option.MapSchema(All) };
}
