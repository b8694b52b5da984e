using System.CommandLine;
using QualityGate.Tool;

// Answered before anything is set up: build scripts ask for it often.
if (args is ["--version"])
{
    Console.WriteLine(ToolVersion.Text);
    return ExitCodes.Pass;
}

Command root = CommandLine.Build();
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    return UsageErrors.Write(parsed, Console.Error);
}

InvocationConfiguration configuration = new()
{
    // Faults are told apart in Outcome; the library's own handler would answer 1, which means "a gate failed".
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
};
return await Outcome.OfAsync(() => parsed.InvokeAsync(configuration), Console.Error);
