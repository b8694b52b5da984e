using System.CommandLine;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Tool.Completion;

namespace QualityGate.Tool.Commands;

/// <summary><c>--per-image PATH</c>: scores of single images in a file.</summary>
internal sealed class PerImageSettings
{
    private readonly Option<string?> _path = new Option<string?>("--per-image")
    {
        Description = "Also write what the metrics say of single images, to a .csv or a .json.",
        HelpName = "FILE",
    }.CompletesFiles(".csv", ".json");

    private PerImageSettings() => _path.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } path && !PerImageFile.IsKnown(path))
        {
            result.AddError($"--per-image is `{path}`, expected a name that ends in {string.Join(" or ", PerImageFile.Endings)}.");
        }
    });

    /// <summary>Adds the option to a command.</summary>
    public static PerImageSettings AddTo(Command command)
    {
        PerImageSettings settings = new();
        command.Options.Add(settings._path);
        return settings;
    }

    /// <summary>Whether the file was asked for.</summary>
    public bool IsWanted(ParseResult parsed) => parsed.GetValue(_path) is not null;

    /// <summary>Writes the file, when it was asked for.</summary>
    public void Save(ParseResult parsed, PerImageScores? scores)
    {
        if (scores is not null && parsed.GetValue(_path) is { } path)
        {
            PerImageFile.Write(path, scores);
        }
    }
}
