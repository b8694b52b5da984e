using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.GitHub;
using QualityGate.Reports;

namespace QualityGate.Tool.GitHub;

/// <summary>What a comment is about.</summary>
internal sealed record CommentRequest
{
    /// <summary>The run.</summary>
    public required RunResult Result { get; init; }

    /// <summary>Where the result lies; beside it may stand which pull request it was for.</summary>
    public required string ResultPath { get; init; }

    /// <summary>When to comment, and what a failure means.</summary>
    public required CommentMode Mode { get; init; }

    /// <summary>Names the comment; null: the spec's path.</summary>
    public string? Id { get; init; }

    /// <summary>The pull request, when it is named; null: the one of the event.</summary>
    public int? PullRequest { get; init; }

    /// <summary>A link to the whole report, or null.</summary>
    public Uri? ReportUrl { get; init; }
}

/// <summary>Writes the comment, and turns whatever goes wrong with that into a warning, or an error when the comment is required.</summary>
/// <param name="environment">A variable by name.</param>
/// <param name="error">Hears what was done and what went wrong.</param>
internal sealed class CommentPublisher(Func<string, string?> environment, TextWriter error)
{
    /// <summary>The comment's text.</summary>
    /// <param name="request">What it is about.</param>
    /// <param name="context">The job, or null outside of one.</param>
    public static string Render(CommentRequest request, GitHubContext? context) => PullRequestComment.Render(request.Result, new CommentContext
    {
        Id = IdOf(request),
        Run = context?.RunId is { } run ? new RunOrder(run, context.RunAttempt) : null,
        RunUrl = LinkOf(context),
        ReportUrl = request.ReportUrl,
        Commit = context?.HeadSha,
        IsUntrusted = context?.EventName == "workflow_run",
    });

    /// <summary>Publishes.</summary>
    /// <returns>Whether the comment stands as it should, or none was to be written.</returns>
    public bool Publish(CommentRequest request, CancellationToken cancellation)
    {
        try
        {
            PublishAsync(request, cancellation).GetAwaiter().GetResult();
            return true;
        }
        catch (GitHubException failure)
        {
            Report(request, failure.Code, failure.Message, failure.Advice);
        }
        catch (UserErrorException failure)
        {
            Report(request, failure.Code, failure.Message, failure.Advice);
        }

        return false;
    }

    private async Task PublishAsync(CommentRequest request, CancellationToken cancellation)
    {
        GitHubContext context = GitHubContext.Read(environment);
        using GitHubClient client = GitHubClient.Create(context, note => error.WriteLine(PlainText.OneLine(note)));
        if (await NumberOf(client, request, cancellation).ConfigureAwait(false) is not { } number)
        {
            error.WriteLine($"no comment: the event `{PlainText.OneLine(context.EventName ?? "none")}` has no pull request");
            return;
        }

        string marker = CommentMarker.Of(IdOf(request));
        if (request is { Mode: CommentMode.Problems, Result.Verdict: Verdict.Pass } && !await ExistsAsync(client, number, marker, cancellation).ConfigureAwait(false))
        {
            error.WriteLine("no comment: the run passed, and there is none to update");
            return;
        }

        string body = Render(request, context);
        CommentOutcome outcome = await client.UpsertCommentAsync(number, marker, body, standing => IsNewer(standing, context), cancellation).ConfigureAwait(false);
        string what = outcome.Action switch
        {
            CommentAction.Created => "comment created",
            CommentAction.Updated => "comment updated",
            CommentAction.Unchanged => "comment is up to date",
            _ => "comment left alone: a newer run has written it",
        };
        if (outcome.Link is { } page)
        {
            new ActionsFiles(environment, error).WriteOutputs([("comment-url", page)]);
        }

        error.WriteLine($"{what}{(outcome.Link is { } link ? $": {PlainText.OneLine(link)}" : "")}");
    }

    // On workflow_run nothing that the artifact says is believed before GitHub says the same.
    private static async Task<int?> NumberOf(GitHubClient client, CommentRequest request, CancellationToken cancellation)
    {
        if (client.Context.Event.WorkflowRun is not null && client.Context.EventName == "workflow_run")
        {
            int? claimed = request.PullRequest ?? PullRequestClaim.TryRead(request.ResultPath);
            PullRequest verified = claimed is { } number
                ? await WorkflowRunTrust.VerifyAsync(client, number, cancellation).ConfigureAwait(false)
                : await WorkflowRunTrust.FindAsync(client, cancellation).ConfigureAwait(false);
            return verified.Number;
        }

        return request.PullRequest ?? client.Context.PullRequestNumber;
    }

    private static async Task<bool> ExistsAsync(GitHubClient client, int number, string marker, CancellationToken cancellation)
    {
        await foreach (IssueComment comment in client.ListIssueCommentsAsync(number, cancellation).ConfigureAwait(false))
        {
            if (comment.Body?.StartsWith(marker, StringComparison.Ordinal) == true)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNewer(string standing, GitHubContext context) =>
        CommentMarker.RunOf(standing) is { } there && context.RunId is { } run && there > new RunOrder(run, context.RunAttempt);

    // Of a workflow_run, the run that measured is worth more than the one that comments.
    private static Uri? LinkOf(GitHubContext? context) => context?.Event.WorkflowRun?.Id is { } measured
        ? new Uri(context.ServerUrl, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{context.Repository}/actions/runs/{measured}"))
        : context?.RunLink;

    private static string IdOf(CommentRequest request) => request.Id ?? request.Result.SpecFile ?? "qualitygate";

    private void Report(CommentRequest request, ErrorCode code, string message, string advice)
    {
        bool isRequired = request.Mode == CommentMode.Required;
        error.WriteLine($"{(isRequired ? "error" : "warning")} {code.Id}: the comment was not written: {PlainText.OneLine(message)}");
        error.WriteLine($"  {PlainText.OneLine(advice)}");
    }
}
