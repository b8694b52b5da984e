namespace QualityGate.Specs.Options;

/// <summary>The keys of <c>background:</c>.</summary>
internal static class BackgroundKeys
{
    private const int MostModes = 20;
    private const int MostKs = 20;
    private const int LargestK = 10_000;
    private const int MostExamples = 100;
    private const int MostExtractors = 20;

    public static readonly Option<AuditedSet> Set = new(
        "set",
        new ChoiceKind<AuditedSet>(("reference", AuditedSet.Reference), ("candidate", AuditedSet.Candidate)),
        "Which set's backgrounds are audited; it needs images, `labels` and `masks`.")
    { DefaultValue = AuditedSet.Reference };

    public static readonly Option<IReadOnlyList<MaskMode>> Modes = new(
        "modes",
        new ListKind<MaskMode>(new MaskModeText(), "mask modes", MostModes),
        "What is done to backgrounds, one row of the table each; `none` and `against` are always there. Not given: none, soft:0.3, hard, inverse, replace:swap.");

    public static readonly Option<MaskMode> Against = new(
        "against", new MaskModeText(), "The mode in which the background is gone: background_gap, background_flips and biased_classes compare images as they are with it.")
    { DefaultValue = MaskMode.Hard };

    public static readonly Option<IReadOnlyList<long>> Ks = new(
        "ks", new ListKind<long>(new IntegerKind(1, LargestK), "whole numbers", MostKs), "The Ks of Recall@K; 1 is always there. Not given: 1, 2, 4, 8.");

    public static readonly Option<double> Level = new(
        "level", new NumberKind { Minimum = 0, Maximum = 1, AboveMinimum = true, BelowMaximum = true }, "A class is flagged when its corrected p-value is at most this.")
    { DefaultValue = 0.05 };

    public static readonly Option<ManyTests> Correction = new(
        "correction",
        new ChoiceKind<ManyTests>(("holm", ManyTests.Holm), ("benjamini-hochberg", ManyTests.BenjaminiHochberg)),
        "How p-values are corrected for the number of classes: the chance of one false flag stays below the level, or the share of false ones among the flags does.")
    { DefaultValue = ManyTests.Holm };

    public static readonly Option<bool> Alone = new(
        "alone", new ChoiceKind<bool>(("miss", false), ("excluded", true)), "What an image alone in its class is as a query.")
    { DefaultValue = false };

    public static readonly Option<long> Examples = new("examples", new IntegerKind(0, MostExamples), "Most examples of one class.") { DefaultValue = 5 };

    public static readonly Option<IReadOnlyList<string>> Extractors = new(
        "extractors",
        new ListKind<string>(new TextKind("an extractor's name, or a path to a model or recipe"), "extractors", MostExtractors),
        "Extractors that `audit background` compares with the spec's own; `check` measures that one alone.");

    public static readonly IReadOnlyList<Option> All = [Set, Modes, Against, Ks, Level, Correction, Alone, Examples, Extractors];
}
