using System.CommandLine;
using QualityGate.Errors;
using QualityGate.GitHub;
using QualityGate.Reports;
using QualityGate.Tool.Completion;
using QualityGate.Tool.GitHub;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate comment RESULT.json</c>: the pull-request comment, from a saved result.</summary>
internal static class CommentCommand
{
    public static Command Build()
    {
        Argument<string?> path = new Argument<string?>("RESULT")
        {
            Description = "A result.json that check wrote, here or in another job.",
            Arity = ArgumentArity.ZeroOrOne,
        }.CompletesFiles(".json");
        Option<string?> fromRun = new("--from-run")
        {
            Description = "In a job on workflow_run: take the results out of this artifact of the run, which is not trusted.",
            HelpName = "ARTIFACT",
        };
        Option<bool> dryRun = new("--dry-run") { Description = "Print the comment, and send nothing." };
        Command command = new("comment", "Write one comment on the pull request from a saved result, or update it. Needs GITHUB_TOKEN and what GitHub Actions sets.") { path, fromRun, dryRun };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(path) is null) == (result.GetValue(fromRun) is null))
            {
                result.AddError("comment needs either a RESULT or --from-run.");
            }
        });
        CommentSettings settings = CommentSettings.AddTo(command, CommentMode.Always);
        command.SetLongAction((parsed, cancellation) => parsed.GetValue(fromRun) is { } artifact
            ? FromRun(artifact, settings, parsed, parsed.GetValue(dryRun), cancellation)
            : OfFile(parsed.GetValue(path)!, settings, parsed, parsed.GetValue(dryRun), cancellation));
        return command
            .WithExitCodes(
                (ExitCodes.Pass, "the comment stands, or could not be written and is not required"),
                (ExitCodes.CannotJudge, "the result cannot be read, or --comment required and it could not be written"))
            .WithExamples(
                ("qualitygate comment qualitygate-out/result.json --dry-run", "Look at it"),
                ("qualitygate comment qualitygate-out/result.json", "In a job on pull_request"),
                ("qualitygate comment --from-run qualitygate-result", "In a job on workflow_run, for forks"));
    }

    private static int OfFile(string file, CommentSettings settings, ParseResult parsed, bool isDry, CancellationToken cancellation)
    {
        CommentRequest request = settings.Bind(parsed, ResultReader.Read(file), file);
        if (isDry)
        {
            Console.Out.Write(CommentPublisher.Render(request, TryContext()));
            return ExitCodes.Pass;
        }

        bool stands = request.Mode == CommentMode.Never || new CommentPublisher(Environment.GetEnvironmentVariable, Console.Error).Publish(request, cancellation);
        return stands || request.Mode != CommentMode.Required ? ExitCodes.Pass : ExitCodes.CannotJudge;
    }

    private static int FromRun(string artifact, CommentSettings settings, ParseResult parsed, bool isDry, CancellationToken cancellation)
    {
        bool isRequired = settings.ModeOf(parsed) == CommentMode.Required;
        string folder = Path.Combine(Path.GetTempPath(), $"qualitygate-{Guid.NewGuid():N}");
        try
        {
            int worst = ExitCodes.Pass;
            foreach (string file in RunArtifact.Fetch(artifact, folder, cancellation))
            {
                worst = Math.Max(worst, OfFile(file, settings, parsed, isDry, cancellation));
            }

            return worst;
        }
        catch (UserErrorException failure) when (!isRequired)
        {
            Console.Error.WriteLine($"warning {failure.Code.Id}: no comment: {PlainText.OneLine(failure.Message)}");
            Console.Error.WriteLine($"  {PlainText.OneLine(failure.Advice)}");
            return ExitCodes.Pass;
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
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
