using System.CommandLine;
using System.CommandLine.Parsing;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Usage;

/// <summary>Words that nothing on the command line has a place for.</summary>
internal sealed class UnknownWords
{
    private readonly List<UsageMistake> _mistakes = [];
    private readonly HashSet<string> _suggested = [];

    /// <summary>One for each word.</summary>
    public IReadOnlyList<UsageMistake> Mistakes => _mistakes;

    /// <summary>Whether a word stands where a command should.</summary>
    public bool IsCommand { get; private set; }

    /// <summary>Whether a mistake already says that <paramref name="option"/> was probably meant.</summary>
    public bool Suggests(Option option) => _suggested.Contains(option.Name);

    /// <summary>Finds them.</summary>
    public static UnknownWords Of(ParseResult parsed, string[] args)
    {
        UnknownWords found = new();
        Command command = parsed.CommandResult.Command;
        List<string> unmatched = [.. parsed.UnmatchedTokens];
        bool followsUnknown = false;
        foreach (Token token in parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).Where(t => t.Type == TokenType.Argument))
        {
            bool isStranger = unmatched.Remove(token.Value);
            if (LooksLikeOption(token.Value, args))
            {
                found.AddOption(command, token.Value);
                followsUnknown = !token.Value.Contains('=', StringComparison.Ordinal);
                continue;
            }

            if (isStranger && !followsUnknown)
            {
                found.AddWord(command, token.Value);
            }

            followsUnknown = false;
        }

        foreach (string word in unmatched)
        {
            found.AddWord(command, word);
        }

        return found;
    }

    // The parser takes an unknown option for a value. A file that is called like one can be written ./-x, or after --.
    private static bool LooksLikeOption(string word, string[] args) =>
        word is ['-', '-', _, ..] or ['-', >= 'a' and <= 'z' or >= 'A' and <= 'Z', ..] && args.Contains(word, StringComparer.Ordinal);

    private void AddOption(Command command, string word)
    {
        string name = word.Split('=')[0];
        if (Guess.Option(command, name) is { } meant)
        {
            _suggested.Add(meant.Name);
            _mistakes.Add(new UsageMistake($"unknown option `{name}`; did you mean `{meant.Name}`?"));
            return;
        }

        string[] owners = [.. Guess.CommandsWith(command, name).Select(c => $"`{c.Path()}`")];
        _mistakes.Add(new UsageMistake(owners.Length == 0
            ? $"unknown option `{name}`."
            : $"`{command.Path()}` has no option `{name}`; {string.Join(", ", owners)} {(owners.Length == 1 ? "has" : "have")} it."));
    }

    private void AddWord(Command command, string word)
    {
        if (command.Subcommands.Count > 0)
        {
            IsCommand |= _mistakes.Count == 0;
            _mistakes.Add(new UsageMistake(Guess.Command(command, word)));
            return;
        }

        string takes = command.Arguments.Count == 0 ? "no argument" : $"only {string.Join(' ', command.Arguments.Select(a => a.HelpName ?? a.Name))}";
        _mistakes.Add(new UsageMistake($"unexpected argument `{word}`; `{command.Path()}` takes {takes}."));
    }
}
