using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Specs;
using QualityGate.Tool.Completion;

namespace QualityGate.Tool.Commands;

/// <summary>What <c>audit background</c> looks at: a spec, with whatever the command line says in its place, or images named there.</summary>
internal sealed class AuditSettings
{
    private readonly Option<string?> _images = new("--images") { Description = "Images to audit instead of a spec's: a folder, glob, .zip or list file. Needs --masks, --labels and --extractor too.", HelpName = "SET" };
    private readonly Option<string?> _labels = new Option<string?>("--labels") { Description = "The class of each audited image: `folders` (its first folder), a CSV file of path,label, or an array.", HelpName = "LABELS" }.CompletesWords(() => ["folders"]).CompletesFiles();
    private readonly Option<string[]> _extractors = new Option<string[]>("--extractor", "-e")
    {
        Description = "An extractor besides those of the spec, by name or path; may be given several times.",
        HelpName = "EXTRACTOR",
    }.CompletesWords(() => BuiltInExtractors.Names).CompletesFiles(".onnx", ".extractor.yaml");

    private readonly Option<AuditedSet> _set = Choice.Of(AuditedSet.Reference, "Which set of the spec. Default: what its `background:` says, or reference.", firstLetters: false, "--set");
    private readonly Option<string[]> _modes = new Option<string[]>("--mode") { Description = "A mask mode; may be given several times. Default: none, soft:0.3, hard, inverse, replace:swap.", HelpName = "MODE" }.CompletesWords(Modes);
    private readonly Option<string?> _against = new Option<string?>("--against") { Description = "The mode without backgrounds that images as they are get compared with. Default: hard.", HelpName = "MODE" }.CompletesWords(Modes);

    private AuditSettings()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    public static AuditSettings AddTo(Command command)
    {
        AuditSettings settings = new();
        Option[] options = [settings._set, settings._extractors, settings._modes, settings._against, settings._images, settings._labels];
        Array.ForEach(options, command.Options.Add);
        MaskingSettings.AddSourceTo(command);
        return settings;
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="UserErrorException">The spec is wrong, or something is missing.</exception>
    public BackgroundRequest Bind(ParseResult parsed, Argument<string> spec)
    {
        BackgroundRequest request = parsed.GetValue(_images) is { } images ? OfImages(parsed, images, spec) : OfSpec(parsed, parsed.GetRequiredValue(spec));
        BackgroundSpec settings = request.Settings;
        return request with
        {
            Settings = settings with
            {
                Modes = parsed.GetValue(_modes) is { Length: > 0 } modes ? [.. modes.Select(mode => ModeOf(_modes, mode)).Distinct()] : settings.Modes,
                Against = parsed.GetValue(_against) is { } against ? Masking(against) : settings.Against,
            },
        };
    }

    private BackgroundRequest OfSpec(ParseResult parsed, string path)
    {
        GateSpec spec = SpecFile.Read(path);
        BackgroundSpec settings = spec.Background ?? new BackgroundSpec();
        settings = parsed.GetResult(_set) is { Implicit: false } ? settings with { Set = parsed.GetValue(_set) } : settings;
        Located<string>? labels = parsed.GetValue(_labels) is { } written ? new Located<string>(written, null) : null;
        return BackgroundRequest.From(spec with
        {
            Background = settings with { Extractors = [.. settings.Extractors, .. Extractors(parsed).Select(recipe => new Located<ExtractorRecipe>(recipe, null))] },
            Masks = MaskingSettings.Bind(parsed) ?? spec.Masks,
            ReferenceLabels = labels ?? spec.ReferenceLabels,
            CandidateLabels = labels ?? spec.CandidateLabels,
        });
    }

    private BackgroundRequest OfImages(ParseResult parsed, string images, Argument<string> spec)
    {
        if (parsed.GetResult(spec) is { Implicit: false, Tokens.Count: > 0 })
        {
            throw Incomplete("--images stands in the place of a spec, and both are given.");
        }

        ExtractorRecipe[] extractors = [.. Extractors(parsed)];
        return new BackgroundRequest
        {
            Images = images,
            Labels = new Located<string>(parsed.GetValue(_labels) ?? throw Incomplete("--images needs --labels, such as `--labels folders`."), null),
            Masks = MaskingSettings.Bind(parsed) ?? throw Incomplete("--images needs --masks."),
            Extractors = extractors.Length > 0 ? extractors : throw Incomplete("--images needs --extractor."),
        };
    }

    private IEnumerable<ExtractorRecipe> Extractors(ParseResult parsed) =>
        (parsed.GetValue(_extractors) ?? []).Select(name => ExtractorSource.Resolve(name, Directory.GetCurrentDirectory()));

    private MaskMode Masking(string text) => ModeOf(_against, text) is { IsNone: false } mode
        ? mode
        : throw new UserErrorException(DataErrors.MaskSetting, $"{_against.Name} is `none`, expected a mode that changes the background.");

    private static MaskMode ModeOf(Option option, string text) => MaskMode.TryParse(text, out MaskMode mode)
        ? mode
        : throw new UserErrorException(DataErrors.MaskSetting, $"{option.Name} is given `{text}`, expected {MaskMode.Expected}.");

    private static string[] Modes() => ["none", "hard", "soft:0.3", "inverse", "replace:#808080", "replace:swap"];

    private static UserErrorException Incomplete(string what) => new(DataErrors.BackgroundIncomplete, what);
}
