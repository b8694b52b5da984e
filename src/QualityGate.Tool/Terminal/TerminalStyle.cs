using QualityGate.Reports;

namespace QualityGate.Tool.Terminal;

/// <summary>What the terminal can show: colours and cursor movement only where a person watches.</summary>
internal static class TerminalStyle
{
    private const int LogWidth = 120;

    /// <summary>Whether a person watches: no build log, no dumb terminal.</summary>
    public static bool IsInteractive =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Style of the console report on standard output.</summary>
    public static ConsoleStyle Output()
    {
        bool color = !Console.IsOutputRedirected && IsInteractive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new ConsoleStyle(color, Width());
    }

    private static int Width()
    {
        if (Console.IsOutputRedirected)
        {
            return LogWidth;
        }

        try
        {
            return Math.Clamp(Console.WindowWidth, 60, 200);
        }
        catch (IOException)
        {
            return LogWidth;
        }
    }
}
