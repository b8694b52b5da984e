using System.Text.Json.Nodes;

namespace QualityGate.Specs.Options;

/// <summary>The keys of <c>masks:</c>.</summary>
internal static class MaskOptions
{
    private const string Kinds = "a place of masks, `alpha`, or a model";

    public static readonly Option<string> Source = new(
        "source",
        new TextKind(Kinds),
        "Masks of both sets: a folder, glob, .zip or list of masks with the images' relative names (any ending), `alpha` (the images' transparency), or a .onnx or .extractor.yaml that finds objects.");

    public static readonly Option<string> Reference = new("reference", new TextKind(Kinds), "Masks of the reference, where they differ from `source`.");

    public static readonly Option<string> Candidate = new("candidate", new TextKind(Kinds), "Masks of the candidate, where they differ from `source`.");

    public static readonly Option<MaskMode> Mode = new(
        "mode",
        new MaskModeText(),
        "What happens to pixels before anything else: the background becomes 0 (hard), is scaled (soft:S) or replaced by a colour or by another image's pixels, or the object becomes 0 (inverse).")
    { DefaultValue = MaskMode.Hard };

    public static readonly Option<MaskValues> Values = new(
        "values", new MaskValuesText(), "Which grey or alpha values mean the object.")
    { DefaultValue = MaskValues.UpperHalf };

    public static readonly Option<double> Threshold = new(
        "threshold", new NumberKind(), "Of a model: what its first channel reaches where the object is. Not used with `classes`.")
    { DefaultValue = 0.5 };

    public static readonly Option<MaskValues> Classes = new(
        "classes", new MaskValuesText(), "Of a model: the channels that mean the object where they are the largest.");

    public static readonly Option<OnMissingMask> Missing = new(
        "missing",
        new ChoiceKind<OnMissingMask>(("error", OnMissingMask.Error), ("full", OnMissingMask.Full), ("skip", OnMissingMask.Skip)),
        "What happens to images without a mask: the run ends with exit code 2, all of them is the object, or they are left out and listed.")
    { DefaultValue = OnMissingMask.Error };

    public static readonly IReadOnlyList<Option> All = [Source, Reference, Candidate, Mode, Values, Threshold, Classes, Missing];

    public static JsonObject Schema() => Option.MapSchema(All);
}
