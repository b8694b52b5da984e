using System.Text.Json.Nodes;

namespace QualityGate.Specs.Options;

/// <summary>The keys of <c>qualitygate.yaml</c>.</summary>
internal static class SpecOptions
{
    public static readonly Option<long> Version = new(
        "version", new IntegerKind(1, int.MaxValue), "Version of the spec's format: 1.")
    { IsRequired = true };

    public static readonly Option<string> Reference = new(
        "reference",
        new TextKind("a path"),
        "What the images should look like: a folder, a glob, a .zip, a list file, or a feature file. Relative to this file.")
    { IsRequired = true };

    public static readonly Option<string> Candidate = new(
        "candidate",
        new TextKind("a path"),
        "What this build produced, in any form that the reference may have. Relative to this file.")
    { IsRequired = true };

    public static readonly Option<Syntax.SpecNode> Extractor = new(
        "extractor",
        new SectionKind("an extractor's name, a path to a model or recipe, or a map", ExtractorSchema),
        "What turns an image into features: a built-in name, the name of a stored model, a path to a .onnx or .extractor.yaml file, or the recipe itself. "
        + "Not needed when both sets are feature files.");

    public static readonly Option<string> Baseline = new(
        "baseline",
        new TextKind("a path"),
        "Where the accepted values are. Needed by max_increase and max_decrease. Relative to this file.");

    public static readonly Option<OnMissingBaseline> OnMissingBaseline = new(
        "on_missing_baseline",
        new ChoiceKind<OnMissingBaseline>(
            ("error", Specs.OnMissingBaseline.Error), ("create", Specs.OnMissingBaseline.Create), ("absolute-only", Specs.OnMissingBaseline.AbsoluteOnly)),
        "What a check does when there is no baseline: end with exit code 2; leave changes unjudged and accept this run's numbers unless a gate fails; or only leave changes unjudged.")
    { DefaultValue = Specs.OnMissingBaseline.Error };

    public static readonly Option<Syntax.SpecNode> Labels = new(
        "labels",
        new SectionKind("`folders`, a path, or a map with `reference` and `candidate`", LabelOptions.Schema),
        "The class of each image: its first folder (`folders`), a CSV file of path,label, or an array such as FILE.npz#key. Needed by per_class. "
        + "Relative to this file.");

    public static readonly Option<Syntax.SpecNode> Masks = new(
        "masks",
        new SectionKind("a map with `source` and `mode`", MaskOptions.Schema),
        "Masks of the images' objects, and what happens to the background before images are measured.");

    public static readonly Option<string> SampleSizes = new(
        "sample_sizes",
        new TextKind("a path"),
        "A sample size study (measure --save-sample-sizes): reports then warn when a set is too small for a metric. Relative to this file.");

    public static readonly Option<Syntax.SpecNode> Metrics = new(
        "metrics",
        new SectionKind("a list of families, or a map of families with their parameters", static () => []),
        "Families of metrics to compute besides those that a gate needs, and their parameters.");

    public static readonly Option<Syntax.SpecNode> Anomaly = new(
        "anomaly",
        new SectionKind("a map", static () => Option.MapSchema(AnomalyKeys.All)),
        "A generator and a discriminator of normal images, by which each image gets an anomaly score (docs/anomaly.md).");

    public static readonly Option<Syntax.SpecNode> Background = new(
        "background",
        new SectionKind("a map", static () => Option.MapSchema(BackgroundKeys.All)),
        "An audit of what features owe to the backgrounds of one set, for gates on background_gap, background_flips and biased_classes (docs/background.md).");

    public static readonly Option<Syntax.SpecNode> Gates = new(
        "gates",
        new SectionKind("a map of metrics with their limits", static () => []),
        "The limits, by metric. A metric may have a list of them, to hold a warning and a failure at once.");

    public static readonly Option<Syntax.SpecNode> Waivers = new(
        "waivers",
        new SectionKind("a list of at most 100 maps", WaiverOptions.Schema),
        "Breaches that somebody accepts until a day: the gate warns instead of failing, and fails again after it.");

    public static readonly Option<double> Confidence = new(
        "confidence",
        new NumberKind { Minimum = 0, Maximum = 1, AboveMinimum = true, BelowMaximum = true },
        "Confidence of intervals: a change inside the noise is inconclusive, not a failure.")
    { DefaultValue = 0.95 };

    public static readonly Option<OnInconclusive> OnInconclusive = new(
        "on_inconclusive",
        new ChoiceKind<OnInconclusive>(
            ("pass", Specs.OnInconclusive.Pass), ("warn", Specs.OnInconclusive.Warn), ("fail", Specs.OnInconclusive.Fail)),
        "What an inconclusive gate does to the verdict.")
    { DefaultValue = Specs.OnInconclusive.Warn };

    public static readonly Option<OnUnreadable> OnUnreadable = new(
        "on_unreadable",
        new ChoiceKind<OnUnreadable>(("error", Specs.OnUnreadable.Error), ("skip", Specs.OnUnreadable.Skip)),
        "What happens to images that cannot be read: the run ends with exit code 2, or they are left out and counted.")
    { DefaultValue = Specs.OnUnreadable.Error };

    public static readonly Option<ComputeDevice> Device = new(
        "device",
        new DeviceKind(),
        "Where models run: the best that works (auto), the processor, or an NVIDIA GPU. `--device` overrides it.")
    { DefaultValue = ComputeDevice.Auto };

    public static readonly IReadOnlyList<Option> All =
    [
        Version, Reference, Candidate, Extractor, Labels, Masks, Baseline, OnMissingBaseline, SampleSizes, Metrics, Anomaly, Background, Gates, Waivers, Confidence, OnInconclusive, OnUnreadable, Device,
    ];

    private static JsonObject ExtractorSchema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            Option.MapSchema(BuiltInOptions.All),
            RecipeOptions.Schema(isModelRequired: true)),
    };
}
