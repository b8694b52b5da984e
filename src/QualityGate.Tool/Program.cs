using System.CommandLine;
using QualityGate.Tool;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Usage;

// Answered before anything is set up: build scripts ask for it often, and read the first line.
if (args is ["--version"])
{
    Console.WriteLine(ToolVersion.Text);
    Console.WriteLine(ToolVersion.Platform);
    return ExitCodes.Pass;
}

if (CompletionRequest.Is(args))
{
    return CompletionRequest.Write(args, CommandLine.Build());
}

return await Outcome.OfAsync(RunAsync, Console.Error);

async Task<int> RunAsync()
{
    ParseResult parsed = CommandLine.Build().Parse(args);
    if (UsageErrors.Of(parsed, args) is { Count: > 0 } mistakes)
    {
        return UsageErrors.Write(parsed, mistakes, Console.Error);
    }

    InvocationConfiguration configuration = new()
    {
        // Faults are told apart in Outcome; the library's own handler would answer 1, which means "a gate failed".
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
    };
    return await parsed.InvokeAsync(configuration);
}
