using QualityGate.Reports;

namespace QualityGate.Tool.Terminal;

/// <summary>What the terminal can show: colours and cursor movement only where a person watches.</summary>
internal static class TerminalStyle
{
    private const int LogWidth = 120;
    private const int HelpLogWidth = 100;
    private const int Narrowest = 60;
    private const int WidestHelp = 140;
    private const int WidestReport = 200;

    /// <summary>Whether a line on standard error may be redrawn in place.</summary>
    public static bool CanRedraw => !Console.IsErrorRedirected && ColorRule.IsInteractive(Environment.GetEnvironmentVariable);

    /// <summary>Style of the console report on standard output.</summary>
    /// <param name="choice">What <c>--color</c> says.</param>
    public static ConsoleStyle Output(ColorChoice choice) => new(
        ColorRule.UseColor(choice, !Console.IsOutputRedirected, Environment.GetEnvironmentVariable), Width(LogWidth, WidestReport));

    /// <summary>Columns of help.</summary>
    public static int HelpWidth() => Width(HelpLogWidth, WidestHelp);

    private static int Width(int log, int widest)
    {
        if (Console.IsOutputRedirected)
        {
            return log;
        }

        try
        {
            return Console.WindowWidth is > 0 and var width ? Math.Clamp(width, Narrowest, widest) : log;
        }
        catch (IOException)
        {
            return log;
        }
    }
}
