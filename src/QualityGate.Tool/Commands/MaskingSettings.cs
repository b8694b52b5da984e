using System.CommandLine;
using System.Globalization;
using QualityGate.Errors;
using QualityGate.Specs;
using QualityGate.Tool.Completion;

namespace QualityGate.Tool.Commands;

/// <summary>Options that mask images before they are measured.</summary>
internal static class MaskingSettings
{
    private static readonly Option<string?> Both = new Option<string?>("--masks")
    {
        Description = "Masks of the objects: a place of images with the same relative names, `alpha`, or a .onnx or .extractor.yaml that finds objects.",
        HelpName = "MASKS",
    }.CompletesWords(() => [MaskSettings.AlphaWord]).CompletesFiles();

    private static readonly Option<string?> OfReference = new("--reference-masks") { Description = "Masks of the reference, where they differ from --masks.", HelpName = "MASKS" };
    private static readonly Option<string?> OfCandidate = new("--candidate-masks") { Description = "Masks of the candidate, where they differ from --masks.", HelpName = "MASKS" };

    private static readonly Option<string?> Mode = new Option<string?>("--mask-mode")
    {
        Description = "What masks do: none, hard (background 0, the default), soft:S, inverse (object 0), replace:#RRGGBB, replace:swap (another image's pixels).",
        HelpName = "MODE",
    }.CompletesWords(() => ["none", "hard", "soft:0.5", "inverse", "replace:#808080", "replace:swap"]);

    private static readonly Option<string?> Values = new("--mask-values") { Description = "Grey or alpha values that mean the object. Default: 128..255.", HelpName = "VALUES" };
    private static readonly Option<string?> Threshold = new("--mask-threshold") { Description = "Of a model: what its first channel reaches where the object is. Default: 0.5.", HelpName = "NUMBER" };
    private static readonly Option<string?> Classes = new("--mask-classes") { Description = "Of a model: the channels that mean the object where they are the largest.", HelpName = "VALUES" };

    private static readonly Option<string?> Missing = new Option<string?>("--missing-masks")
    {
        Description = "Images without a mask: error (the default), full (all is the object) or skip.",
        HelpName = "POLICY",
    }.CompletesWords(() => ["error", "full", "skip"]);

    private static readonly Option[] All = [Both, OfReference, OfCandidate, Mode, Values, Threshold, Classes, Missing];

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command) => Array.ForEach(All, command.Options.Add);

    /// <summary>Adds those that say where masks are and how they are read, for a command that knows its modes itself and looks at one set.</summary>
    public static void AddSourceTo(Command command) => Array.ForEach([Both, Values, Threshold, Classes, Missing], command.Options.Add);

    /// <summary>Adds those for one set of images.</summary>
    public static void AddSingleTo(Command command) => Array.ForEach([Both, Mode, Values, Threshold, Classes, Missing], command.Options.Add);

    /// <summary>What was asked for, or null when masks are not spoken of.</summary>
    /// <exception cref="UserErrorException">QG4805: something is not what it may be.</exception>
    public static MaskSettings? Bind(ParseResult parsed)
    {
        Located<string>? reference = Named(parsed, OfReference), candidate = Named(parsed, OfCandidate);
        if (reference is null && candidate is null)
        {
            return All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } alone && parsed.GetValue(Mode) is not "none"
                ? throw Wrong(alone.Name, "no masks beside it", "--masks too")
                : null;
        }

        return new MaskSettings
        {
            Reference = reference,
            Candidate = candidate,
            Mode = parsed.GetValue(Mode) is not { } mode ? MaskMode.Hard : MaskMode.TryParse(mode, out MaskMode known) ? known : throw Wrong(Mode.Name, $"`{mode}`", MaskMode.Expected),
            Values = Read(parsed, Values) ?? MaskValues.UpperHalf,
            Classes = Read(parsed, Classes),
            Threshold = ThresholdOf(parsed),
            OnMissing = parsed.GetValue(Missing) switch
            {
                null or "error" => OnMissingMask.Error,
                "full" => OnMissingMask.Full,
                "skip" => OnMissingMask.Skip,
                var other => throw Wrong(Missing.Name, $"`{other}`", "error, full or skip"),
            },
        };
    }

    private static double ThresholdOf(ParseResult parsed) => parsed.GetValue(Threshold) is not { } text ? 0.5
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
        : throw Wrong(Threshold.Name, $"`{text}`", "a number");

    private static MaskValues? Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : MaskValues.TryParse(text, out MaskValues? values) ? values
        : throw Wrong(option.Name, $"`{text}`", MaskValues.Expected);

    private static UserErrorException Wrong(string option, string written, string expected) =>
        new(DataErrors.MaskSetting, $"{option} is given {written}, expected {expected}.");

    private static Located<string>? Named(ParseResult parsed, Option<string?> own) =>
        (parsed.GetValue(own) ?? parsed.GetValue(Both)) is { } source ? new Located<string>(source, null) : null;
}
