using QualityGate.Errors;

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
        catch (IOException failure)
        {
            error.WriteLine($"error {DataErrors.FileSystem}: {failure.Message}");
            error.WriteLine($"  {DataErrors.FileSystem.Advice}");
            return ExitCodes.CannotJudge;
        }
        catch (UnauthorizedAccessException failure)
        {
            error.WriteLine($"error {DataErrors.FileSystem}: {failure.Message}");
            error.WriteLine($"  {DataErrors.FileSystem.Advice}");
            return ExitCodes.CannotJudge;
        }
#pragma warning disable CA1031 // The last resort: a fault of ours must answer 3, never the runtime's own code.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            error.WriteLine("error: an unexpected fault in qualitygate; this is a bug. Please report it with the lines below.");
            error.WriteLine($"qualitygate {ToolVersion.Text}, .NET {Environment.Version}, {Environment.OSVersion}");
            error.WriteLine(fault);
            return ExitCodes.Fault;
        }
    }

    /// <summary>Shows a mistake: <c>file(line,column): error CODE: what</c>, then what to do.</summary>
    public static void Write(UserErrorException mistake, TextWriter error)
    {
        if (mistake.Problems.Count > 1)
        {
            error.WriteLine(mistake.Message);
        }
        else
        {
            string origin = mistake.Location is { } place ? $"{place}: " : string.Empty;
            error.WriteLine($"{origin}error {mistake.Code}: {mistake.Message}");
        }

        error.WriteLine($"  {mistake.Advice}");
    }
}
