using System.Text.Json.Nodes;

namespace QualityGate.Specs.Options;

/// <summary>The keys of <c>labels:</c> when it names a source for each set.</summary>
internal static class LabelOptions
{
    /// <summary>The word that is no path.</summary>
    public const string Folders = "folders";

    /// <summary>What a source of labels is, for messages.</summary>
    public const string Source = "`folders`, or a path to a CSV file or an array";

    public static readonly Option<string> Reference = new(
        "reference", new TextKind(Source), "Labels of the reference.");

    public static readonly Option<string> Candidate = new(
        "candidate", new TextKind(Source), "Labels of the candidate.");

    public static readonly IReadOnlyList<Option> All = [Reference, Candidate];

    public static JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(new TextKind(Source).Schema(), Option.MapSchema(All)),
    };
}
