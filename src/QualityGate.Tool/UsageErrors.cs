using System.CommandLine;
using System.CommandLine.Parsing;

namespace QualityGate.Tool;

/// <summary>Wrong use of the command line: said briefly, answered with 2.</summary>
internal static class UsageErrors
{
    /// <summary>Writes every mistake and how to get help.</summary>
    public static int Write(ParseResult parsed, TextWriter error)
    {
        foreach (ParseError mistake in parsed.Errors)
        {
            error.WriteLine($"error: {mistake.Message}");
        }

        string path = string.Join(' ', parsed.CommandResult.Command.Parents.OfType<Command>().Reverse().Append(parsed.CommandResult.Command).Select(c => c.Name));
        error.WriteLine($"  See '{path} --help'.");
        return ExitCodes.CannotJudge;
    }
}
