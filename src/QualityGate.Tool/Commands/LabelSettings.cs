using System.CommandLine;
using QualityGate.Specs;
using QualityGate.Tool.Completion;

namespace QualityGate.Tool.Commands;

/// <summary>Options that name the classes of images.</summary>
internal static class LabelSettings
{
    private static readonly Option<string?> Both = new Option<string?>("--labels")
    {
        Description = "The class of each image of both sets: `folders` (its first folder), a CSV file of path,label, or an array (FILE.npz#key, FILE.npy). Metrics are then computed by class too.",
        HelpName = "LABELS",
    }.CompletesWords(() => ["folders"]).CompletesFiles();

    private static readonly Option<string?> OfReference = new("--reference-labels") { Description = "Labels of the reference, where they differ from --labels.", HelpName = "LABELS" };
    private static readonly Option<string?> OfCandidate = new("--candidate-labels") { Description = "Labels of the candidate, where they differ from --labels.", HelpName = "LABELS" };

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Both);
        command.Options.Add(OfReference);
        command.Options.Add(OfCandidate);
    }

    /// <summary>Labels of the reference, or null.</summary>
    public static Located<string>? Reference(ParseResult parsed) => Named(parsed, OfReference);

    /// <summary>Labels of the candidate, or null.</summary>
    public static Located<string>? Candidate(ParseResult parsed) => Named(parsed, OfCandidate);

    private static Located<string>? Named(ParseResult parsed, Option<string?> own) =>
        (parsed.GetValue(own) ?? parsed.GetValue(Both)) is { } source ? new Located<string>(source, null) : null;
}
