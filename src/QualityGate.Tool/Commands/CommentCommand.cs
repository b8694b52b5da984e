using System.CommandLine;
using QualityGate.Errors;
using QualityGate.GitHub;
using QualityGate.Reports;
using QualityGate.Tool.GitHub;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate comment RESULT.json</c>: the pull-request comment, from a saved result.</summary>
internal static class CommentCommand
{
    public static Command Build()
    {
        Argument<string> path = new("RESULT") { Description = "A result.json that check wrote, here or in another job." };
        Option<bool> dryRun = new("--dry-run") { Description = "Print the comment, and send nothing." };
        Command command = new("comment", "Write one comment on the pull request from a saved result, or update it. Needs GITHUB_TOKEN and what GitHub Actions sets.") { path, dryRun };
        CommentSettings settings = CommentSettings.AddTo(command, CommentMode.Always);
        command.SetLongAction((parsed, cancellation) =>
        {
            string file = parsed.GetRequiredValue(path);
            CommentRequest request = settings.Bind(parsed, ResultReader.Read(file), file);
            if (parsed.GetValue(dryRun))
            {
                Console.Out.Write(CommentPublisher.Render(request, TryContext()));
                return ExitCodes.Pass;
            }

            bool stands = request.Mode == CommentMode.Never || new CommentPublisher(Environment.GetEnvironmentVariable, Console.Error).Publish(request, cancellation);
            return stands || request.Mode != CommentMode.Required ? ExitCodes.Pass : ExitCodes.CannotJudge;
        });
        return command;
    }

    // Outside of a job the comment can be looked at too; it only lacks its links.
    private static GitHubContext? TryContext()
    {
        try
        {
            return GitHubContext.Read(Environment.GetEnvironmentVariable);
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
