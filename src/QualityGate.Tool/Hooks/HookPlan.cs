using QualityGate.Errors;

namespace QualityGate.Tool.Hooks;

/// <summary>What a hook is to do.</summary>
/// <param name="Specs">The specs, relative to the root of the working tree; absolute outside of it.</param>
/// <param name="Budget">Time for features that are not cached, as it was written, or null.</param>
/// <param name="Command">How a shell starts the tool.</param>
internal sealed record HookPlan(IReadOnlyList<string> Specs, string? Budget, string Command)
{
    /// <summary>The line that judges a push, for a hook that somebody writes by hand.</summary>
    public string Line => $"{Command} hook run{Options}";

    /// <summary>Options and specs, each quoted for a shell where it must be, with a space before each.</summary>
    public string Options => string.Concat([
        .. Budget is null ? Array.Empty<string>() : [$" --budget={Budget}"],
        .. Specs.Select(s => " " + Quoted(s.StartsWith('-') ? "./" + s : s)),
    ]);

    /// <summary>Checks what is to become part of a script.</summary>
    /// <exception cref="UserErrorException">Something in it cannot stand in a line of a script.</exception>
    public void RequireWritable()
    {
        foreach (string text in Specs.Append(Command))
        {
            if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl))
            {
                throw new UserErrorException(DataErrors.FileSystem, "a spec's path or the command is empty or holds control characters; a hook cannot hold that.");
            }
        }
    }

    private static string Quoted(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-')
        ? text
        : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
