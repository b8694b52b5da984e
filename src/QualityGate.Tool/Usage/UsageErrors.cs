using System.CommandLine;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Usage;

/// <summary>Wrong use of the command line: said briefly with what was probably meant, answered with 2.</summary>
internal static class UsageErrors
{
    /// <summary>Every mistake, in the order in which one would mend them.</summary>
    /// <param name="parsed">The command line as understood.</param>
    /// <param name="args">The command line as given.</param>
    public static IReadOnlyList<UsageMistake> Of(ParseResult parsed, string[] args)
    {
        if (parsed.Action is HelpPageAction)
        {
            return [];
        }

        UnknownWords unknown = UnknownWords.Of(parsed, args);
        if (unknown.IsCommand)
        {
            // What follows was never meant for the command that it was read for.
            return [unknown.Mistakes[0]];
        }

        UsageMistake[] all = [.. unknown.Mistakes, .. MissingParts.Of(parsed, unknown), .. ParserErrors.Of(parsed)];
        return all.Length == 0 && parsed.Errors.Count > 0 ? [.. parsed.Errors.Select(e => new UsageMistake(e.Message))] : [.. all.Distinct()];
    }

    /// <summary>Writes the mistakes and how to get help.</summary>
    public static int Write(ParseResult parsed, IReadOnlyList<UsageMistake> mistakes, TextWriter error)
    {
        foreach (UsageMistake mistake in mistakes)
        {
            error.WriteLine($"error: {Outcome.Harmless(mistake.Message)}");
        }

        foreach (string advice in mistakes.Select(m => m.Advice).OfType<string>().Distinct())
        {
            error.WriteLine($"  {Outcome.Harmless(advice)}");
        }

        error.WriteLine($"  See '{parsed.CommandResult.Command.Path()} --help'.");
        return ExitCodes.CannotJudge;
    }
}
