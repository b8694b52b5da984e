using QualityGate.Errors;
using QualityGate.Reports;

namespace QualityGate.Tool;

/// <summary>Turns whatever happened into an exit code and a message. The only place that catches everything.</summary>
internal static class Outcome
{
    /// <summary>Runs a command.</summary>
    public static async Task<int> OfAsync(Func<Task<int>> command, TextWriter error)
    {
        try
        {
            return await command();
        }
        catch (UserErrorException mistake)
        {
            Write(mistake, error);
            return ExitCodes.CannotJudge;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("cancelled; what was finished is kept");
            return ExitCodes.Cancelled;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Write(new UserErrorException(DataErrors.FileSystem, failure.Message), error);
            return ExitCodes.CannotJudge;
        }
        catch (Exception failure) when (failure.GetBaseException() is DllNotFoundException or BadImageFormatException)
        {
            Write(new UserErrorException(DataErrors.NativeLibrary, failure.GetBaseException().Message), error);
            return ExitCodes.CannotJudge;
        }
#pragma warning disable CA1031 // The last resort: a fault of ours must answer 3, never the runtime's own code.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            error.WriteLine("error: an unexpected fault in qualitygate; this is a bug. Please report it with the lines below.");
            error.WriteLine($"qualitygate {ToolVersion.Text}, .NET {Environment.Version}, {Environment.OSVersion}");
            error.WriteLine(Harmless(fault.ToString()));
            return ExitCodes.Fault;
        }
    }

    /// <summary>Shows a mistake: <c>file(line,column): error CODE: what</c>, then what to do.</summary>
    public static void Write(UserErrorException mistake, TextWriter error)
    {
        // Several problems name their places themselves.
        string text = mistake.Problems is [var only] ? only.ToString() : mistake.Message;
        error.WriteLine(Harmless(text));
        error.WriteLine($"  {Harmless(mistake.Advice)}");
    }

    /// <summary>A message without what a terminal or a build server obeys: it may quote a file name, and a file name may hold anything.</summary>
    internal static string Harmless(string text) =>
        string.Join('\n', text.Split('\n').Select(line => PlainText.WithoutCommands(string.Concat(line.Select(c => char.IsControl(c) ? '?' : c)))));
}
