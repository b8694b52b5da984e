using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate explain QGnnnn</c>: what a code means and what to do.</summary>
internal static class ExplainCommand
{
    public static Command Build()
    {
        Argument<string> code = new Argument<string>("CODE") { Description = "A code from a message, such as QG2001." }
            .CompletesWords(() => ErrorCatalogue.All.Select(c => c.Id));
        Command command = new("explain", "Say what a code means and what to do.") { code };
        command.SetAction(parsed =>
        {
            string id = parsed.GetRequiredValue(code).ToUpperInvariant();
            ErrorCode known = ErrorCatalogue.Find(id) ?? throw new UserErrorException(
                SpecErrors.UnknownCode, $"there is no code `{id}`{NearestName.Suggest(id, [.. ErrorCatalogue.All.Select(c => c.Id)])}");
            Console.Out.WriteLine($"{known.Id}: {known.Title}");
            Console.Out.WriteLine(known.Advice);
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate explain QG2001", "What a message meant, and what to do"));
    }
}
