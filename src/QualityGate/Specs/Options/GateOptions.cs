namespace QualityGate.Specs.Options;

/// <summary>The keys of one gate.</summary>
internal static class GateOptions
{
    public static readonly Option<double> Min = new(
        "min", new NumberKind(), "The value must not be below. A value equal to the limit passes.");

    public static readonly Option<double> Max = new(
        "max", new NumberKind(), "The value must not be above. A value equal to the limit passes.");

    public static readonly Option<ChangeLimit> MaxIncrease = new(
        "max_increase",
        new ChangeLimitKind(),
        "How far the value may rise above the baseline: in the metric's unit, or in percent of the baseline's value.");

    public static readonly Option<ChangeLimit> MaxDecrease = new(
        "max_decrease",
        new ChangeLimitKind(),
        "How far the value may fall below the baseline: in the metric's unit, or in percent of the baseline's value.");

    public static readonly Option<GateLevel> Level = new(
        "level",
        new ChoiceKind<GateLevel>(("error", GateLevel.Error), ("warn", GateLevel.Warn)),
        "What a breach weighs: error fails the run, warn only shows.")
    { DefaultValue = GateLevel.Error };

    public static readonly Option<GateScope> PerClass = new(
        "per_class",
        new ChoiceKind<GateScope>(("worst", GateScope.WorstClass), ("each", GateScope.EachClass)),
        "Hold the limit against classes instead of the whole sets: the worst one, or each by itself. Needs labels.");

    public static readonly Option<bool> Ratchet = new(
        "ratchet",
        new BooleanKind(),
        "Whether `baseline update` and `baseline promote` tighten min and max to what they accept, with room for its noise, when that is better.")
    { DefaultValue = false };

    /// <summary>The keys that are limits.</summary>
    public static readonly IReadOnlyList<Option> Limits = [Min, Max, MaxIncrease, MaxDecrease];

    public static readonly IReadOnlyList<Option> All = [.. Limits, Level, PerClass, Ratchet];
}
