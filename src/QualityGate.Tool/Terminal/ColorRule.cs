namespace QualityGate.Tool.Terminal;

/// <summary>Whether output is coloured. The nearest word wins: the command line, then the environment, then what the output is.</summary>
internal static class ColorRule
{
    /// <summary>Decides.</summary>
    /// <param name="choice">What the command line says.</param>
    /// <param name="isTerminal">Whether the output goes to a terminal.</param>
    /// <param name="environment">Looks up a variable of the environment.</param>
    public static bool UseColor(ColorChoice choice, bool isTerminal, Func<string, string?> environment) => choice switch
    {
        ColorChoice.Always => true,
        ColorChoice.Never => false,
        _ when !string.IsNullOrEmpty(environment("NO_COLOR")) => false,
        _ when IsForced(environment) => true,
        _ => isTerminal && IsInteractive(environment) && environment("CLICOLOR") != "0",
    };

    /// <summary>Whether a person watches: no build log, no dumb terminal.</summary>
    /// <param name="environment">Looks up a variable of the environment.</param>
    public static bool IsInteractive(Func<string, string?> environment) =>
        string.IsNullOrEmpty(environment("CI")) && environment("GITHUB_ACTIONS") != "true" && environment("TERM") != "dumb";

    // Build images set CLICOLOR_FORCE for other tools; a log of GitHub Actions is coloured only by the variable that means it.
    private static bool IsForced(Func<string, string?> environment) =>
        IsOn(environment("FORCE_COLOR")) || (environment("GITHUB_ACTIONS") != "true" && IsOn(environment("CLICOLOR_FORCE")));

    private static bool IsOn(string? value) => !string.IsNullOrEmpty(value) && value != "0" && !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase);
}
