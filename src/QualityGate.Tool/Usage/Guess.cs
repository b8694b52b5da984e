using System.CommandLine;
using System.Text.RegularExpressions;
using QualityGate.Specs;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Usage;

/// <summary>What was probably meant.</summary>
internal static partial class Guess
{
    private const int ShortestStem = 3;

    /// <summary>The option nearest to an unknown one, or null.</summary>
    public static Option? Option(Command command, string name)
    {
        string stem = name.TrimStart('-');
        if (stem.Length < ShortestStem)
        {
            return null;
        }

        Option[] known = [.. SymbolText.OptionsOf(command)];
        string? near = NearestName.Find($"--{stem}", known.Select(o => o.Name))
            ?? known.Select(o => o.Name).Where(n => n.StartsWith($"--{stem}", StringComparison.OrdinalIgnoreCase)).MinBy(n => n.Length);
        return Array.Find(known, o => o.Name == near);
    }

    /// <summary>Other commands that know an option.</summary>
    public static IEnumerable<Command> CommandsWith(Command command, string option)
    {
        Command root = SymbolText.Ancestors(command).LastOrDefault(command);
        return All(root).Prepend(root).Where(c => c.Options.Any(o => o.Name == option || o.Aliases.Contains(option)));
    }

    /// <summary>A sentence about a word that stands where a command should.</summary>
    public static string Command(Command command, string word)
    {
        if (!command.Parents.Any() && CommandFor(word) is { } line)
        {
            return line;
        }

        Command[] known = [.. command.Subcommands.Where(c => !c.Hidden)];
        if (NearestName.Find(word, known.Select(c => c.Name)) is { } near)
        {
            return $"unknown command `{word}`; did you mean `{near}`?";
        }

        return All(command).FirstOrDefault(c => c.Name == word) is { } deeper
            ? $"unknown command `{word}`; did you mean `{deeper.Path()}`?"
            : $"unknown command `{word}`; known: {string.Join(", ", known.Select(c => c.Name))}.";
    }

    // What a command takes, given without the command.
    private static string? CommandFor(string word) => Path.GetExtension(word).ToLowerInvariant() switch
    {
        ".yaml" or ".yml" => $"`{word}` is no command; did you mean `qualitygate check {word}`?",
        ".json" => $"`{word}` is no command; did you mean `qualitygate report {word}`?",
        ".safetensors" => $"`{word}` is no command; did you mean `qualitygate baseline show {word}`?",
        _ when Code().IsMatch(word) => $"`{word}` is no command; did you mean `qualitygate explain {word}`?",
        _ => null,
    };

    private static IEnumerable<Command> All(Command above) => above.Subcommands.Where(c => !c.Hidden).SelectMany(c => All(c).Prepend(c));

    [GeneratedRegex("^QG[0-9]{4}$", RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
