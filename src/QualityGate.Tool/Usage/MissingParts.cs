using System.CommandLine;
using QualityGate.Tool.Commands;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Usage;

/// <summary>What a command line lacks.</summary>
internal static class MissingParts
{
    /// <summary>Finds it.</summary>
    /// <param name="parsed">The command line as understood.</param>
    /// <param name="unknown">Words that may have been meant for what is missing.</param>
    public static IEnumerable<UsageMistake> Of(ParseResult parsed, UnknownWords unknown)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            return parsed.Errors.Count > 0 && unknown.Mistakes.Count == 0 ? [NoCommand(command)] : [];
        }

        string? advice = command.Examples() is [var first, ..] ? $"Example: {first.Line}" : null;
        IEnumerable<UsageMistake> arguments = command.Arguments
            .Where(a => !a.HasDefaultValue && (parsed.GetResult(a)?.Tokens.Count ?? 0) < a.Arity.MinimumNumberOfValues)
            .Select(a => new UsageMistake($"`{command.Path()}` needs {a.HelpName ?? a.Name}: {a.Description}", advice));
        IEnumerable<UsageMistake> options = command.Options
            .Where(o => o.Required && parsed.GetResult(o) is null or { Implicit: true } && !unknown.Suggests(o))
            .Select(o => new UsageMistake($"`{command.Path()}` needs {SymbolText.Call(o)}: {o.Description}", advice));
        IEnumerable<UsageMistake> values = command.Options
            .Where(o => parsed.GetResult(o) is { Implicit: false } given && given.Tokens.Count < o.Arity.MinimumNumberOfValues)
            .Select(o => new UsageMistake($"{o.Name} needs a value: {Value(o)}."));
        return arguments.Concat(options).Concat(values);
    }

    private static UsageMistake NoCommand(Command command) => new(
        $"`{command.Path()}` needs a command: {ChoiceText.Or([.. command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)])}.",
        command.Examples() is [var first, ..] ? $"Example: {first.Line}" : null);

    private static string Value(Option option) => SymbolText.Choices(option) is { Length: > 0 } choices && option.HelpName?.Contains('=', StringComparison.Ordinal) != true
        ? ChoiceText.Or(choices)
        : SymbolText.Value(option);
}
