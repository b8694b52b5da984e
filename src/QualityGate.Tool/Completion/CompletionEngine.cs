using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Completion;

/// <summary>
/// Finds what may stand at the cursor. Not the library's own GetCompletions, which knows nothing of paths, offers words that merely contain
/// what is written, and takes quotes for those of one shell; the words themselves come from the same CompletionSources.
/// </summary>
internal sealed class CompletionEngine
{
    private const int LongestDescription = 80;

    private readonly string _current;
    private readonly ParseResult _before;
    private readonly CompletionContext _context;

    private CompletionEngine(Command root, IReadOnlyList<string> before, string current)
    {
        _current = current;
        _before = root.Parse(before);
        _context = root.Parse([.. before, current]).GetCompletionContext();
    }

    private Command Command => _before.CommandResult.Command;

    /// <summary>Answers.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="before">The words before the cursor's, without the program's name and without quotes.</param>
    /// <param name="current">The word at the cursor, as far as it is written.</param>
    public static CompletionAnswer Answer(Command root, IReadOnlyList<string> before, string current) => new CompletionEngine(root, before, current).Answer();

    private CompletionAnswer Answer()
    {
        bool onlyArguments = _before.Tokens.Any(t => t.Type == TokenType.DoubleDash);
        if (!onlyArguments && PendingOption() is { } pending)
        {
            return Values(pending, pending.CompletionSources, string.Empty);
        }

        if (!onlyArguments && _current.StartsWith('-'))
        {
            int equals = _current.IndexOf('=', StringComparison.Ordinal);
            return equals < 0 ? Words(Options()) : FindOption(_current[..equals]) is { } glued ? Values(glued, glued.CompletionSources, _current[..(equals + 1)]) : Words([]);
        }

        if (Command.Subcommands.Count > 0)
        {
            return Words(Command.Subcommands.Where(c => !c.Hidden).Select(c => new CompletionWord(c.Name, Brief(c.Description))));
        }

        Argument? argument = Command.Arguments.FirstOrDefault(a => !a.Hidden && (_before.GetResult(a)?.Tokens.Count ?? 0) < a.Arity.MaximumNumberOfValues);
        return argument is not null ? Values(argument, argument.CompletionSources, string.Empty) : Words(_current.Length == 0 && !onlyArguments ? Options() : []);
    }

    // The option whose value the cursor is at.
    private Option? PendingOption() =>
        _before.Tokens is [.., { Type: TokenType.Option } last] && FindOption(last.Value) is { Arity.MinimumNumberOfValues: > 0 } option ? option : null;

    private Option? FindOption(string name) => SymbolText.OptionsOf(Command).FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));

    private IEnumerable<CompletionWord> Options() => SymbolText.OptionsOf(Command)
        .Where(o => o.Arity.MaximumNumberOfValues > 1 || o is HelpOption || _before.GetResult(o) is null or { Implicit: true })
        .Select(o => new CompletionWord(o.Aliases.Contains(_current) ? _current : o.Name, Brief(SymbolText.Description(o))));

    private CompletionAnswer Values(Symbol symbol, IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, string prefix)
    {
        CompletionWord[] all = [.. sources.SelectMany(s => s(_context)).Select(i => new CompletionWord(prefix + i.Label, Brief(i.Detail)))];
        PathCompletion paths = PathCompletion.Of(symbol);

        // FORMAT=PATH: once the word before the equals sign stands, the path follows.
        string? head = all.Select(w => w.Text).FirstOrDefault(t => IsHead(t, prefix) && _current.StartsWith(t, StringComparison.Ordinal));
        CompletionAnswer words = Words(all.Where(w => w.Text != head));
        bool isPath = head is not null || !all.Any(w => IsHead(w.Text, prefix));
        return isPath ? words with { Paths = paths, PathPrefix = head ?? prefix } : words;
    }

    private static bool IsHead(string text, string prefix) => text.Length > prefix.Length && text.EndsWith('=');

    private CompletionAnswer Words(IEnumerable<CompletionWord> words)
    {
        CompletionWord[] fitting = [.. words.Where(w => w.Text.StartsWith(_current, StringComparison.OrdinalIgnoreCase)).DistinctBy(w => w.Text)];
        return new CompletionAnswer(_current, fitting, PathCompletion.None, string.Empty);
    }

    // Menus of shells have a line for each.
    private static string Brief(string? text)
    {
        string first = (text ?? string.Empty).Split(". ")[0].TrimEnd('.');
        return first.Length <= LongestDescription ? first : $"{first[..(LongestDescription - 1)]}…";
    }
}
