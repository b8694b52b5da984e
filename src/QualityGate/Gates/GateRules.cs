using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Gates;

/// <summary>What each kind of limit is called.</summary>
public static class GateRules
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<GateRule> All { get; } = [GateRule.Min, GateRule.Max, GateRule.MaxIncrease, GateRule.MaxDecrease];

    /// <summary>The rule's name in specs and results, such as <c>max_increase</c>.</summary>
    /// <param name="rule">The rule.</param>
    public static string NameOf(GateRule rule) => rule switch
    {
        GateRule.Min => "min",
        GateRule.Max => "max",
        GateRule.MaxIncrease => "max_increase",
        GateRule.MaxDecrease => "max_decrease",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    /// <summary>The code of a breach of the rule, such as <c>QG2003</c>.</summary>
    /// <param name="rule">The rule.</param>
    public static ErrorCode CodeOf(GateRule rule) => rule switch
    {
        GateRule.Min => GateErrors.Min,
        GateRule.Max => GateErrors.Max,
        GateRule.MaxIncrease => GateErrors.MaxIncrease,
        GateRule.MaxDecrease => GateErrors.MaxDecrease,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    /// <summary>The name of a scope of classes, <c>worst</c> or <c>each</c>.</summary>
    /// <param name="scope">One of the two.</param>
    public static string NameOf(GateScope scope) => scope switch
    {
        GateScope.WorstClass => "worst",
        GateScope.EachClass => "each",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
    };

    /// <summary>Whether the rule compares with the baseline.</summary>
    /// <param name="rule">The rule.</param>
    public static bool IsChange(GateRule rule) => rule is GateRule.MaxIncrease or GateRule.MaxDecrease;
}
