using System.Globalization;
using QualityGate.Errors;

namespace QualityGate.GitHub;

/// <summary>
/// For jobs on <c>workflow_run</c>, which may write and so must not believe what a pull request's run uploaded: the pull request that gets
/// the comment is the one whose newest commit and repository are those of the run. GitHub vouches for the run, the API for the pull request.
/// </summary>
internal static class WorkflowRunTrust
{
    private const string Trigger = "pull_request";

    /// <summary>Checks a pull request that an artifact names.</summary>
    /// <exception cref="UserErrorException">QG5040: it is not the run's. QG5041: this is no such job.</exception>
    /// <exception cref="GitHubException">It cannot be asked for.</exception>
    public static async Task<PullRequest> VerifyAsync(GitHubClient client, int claimedNumber, CancellationToken cancellation = default)
    {
        EventWorkflowRun run = Run(client.Context);
        if (claimedNumber <= 0)
        {
            throw new UserErrorException(PublishErrors.RunNotTrusted, "The artifact names no pull request.");
        }

        PullRequest request = await client.GetPullRequestAsync(claimedNumber, cancellation).ConfigureAwait(false);
        return Fault(request, run, client.Context) is string fault
            ? throw new UserErrorException(
                PublishErrors.RunNotTrusted, string.Create(CultureInfo.InvariantCulture, $"The artifact names pull request #{claimedNumber}, but {fault}."))
            : request;
    }

    /// <summary>Finds the run's pull request without being told its number.</summary>
    /// <exception cref="UserErrorException">QG5041: there is none, or more than one that is open.</exception>
    /// <exception cref="GitHubException">It cannot be asked for.</exception>
    public static async Task<PullRequest> FindAsync(GitHubClient client, CancellationToken cancellation = default)
    {
        GitHubContext context = client.Context;
        EventWorkflowRun run = Run(context);
        List<PullRequest> matching =
            [.. (await client.ListPullRequestsForCommitAsync(run.HeadSha!, cancellation).ConfigureAwait(false)).Where(p => Fault(p, run, context) is null)];
        if (matching.Count == 0 && run.HeadBranch is not null && RepositoryName.TryParse(run.HeadRepository) is { } head)
        {
            // Commits of forks are not always known to the first route.
            matching.AddRange((await client.ListPullRequestsFromAsync(head.Owner, run.HeadBranch, cancellation).ConfigureAwait(false)).Where(p => Fault(p, run, context) is null));
        }

        PullRequest[] open = [.. matching.Where(p => p.State == "open")];
        return (open.Length > 0 ? open : [.. matching]) switch
        {
            [var only] => only,
            [] => throw Unknown($"No pull request has {CommitText.Short(run.HeadSha)} as its newest commit; it may have newer ones by now."),
            var several => throw Unknown(
                $"Several pull requests have {CommitText.Short(run.HeadSha)} as their newest commit: {string.Join(", ", several.Select(p => FormattableString.Invariant($"#{p.Number}")))}."),
        };
    }

    private static EventWorkflowRun Run(GitHubContext context)
    {
        if (context.EventName != "workflow_run" || context.Event.WorkflowRun is not { } run)
        {
            throw Unknown("This job was not started by `workflow_run`, so there is no run to take the pull request from.");
        }

        if (run.Event != Trigger)
        {
            throw Unknown("The run was not started by a pull request.");
        }

        return run.HeadSha is not null && run.HeadRepository is not null
            ? run
            : throw Unknown("The event does not say which commit of which repository the run tested.");
    }

    private static string? Fault(PullRequest request, EventWorkflowRun run, GitHubContext context) => request switch
    {
        _ when !context.Repository.Is(request.Base?.Repo?.FullName) => "that one belongs to another repository",
        _ when !CommitText.Same(request.Head?.Sha, run.HeadSha) =>
            $"its newest commit is {CommitText.Short(request.Head?.Sha)} and the run tested {CommitText.Short(run.HeadSha)}",
        _ when !string.Equals(request.Head?.Repo?.FullName, run.HeadRepository, StringComparison.OrdinalIgnoreCase) => "it comes from another repository than the run",
        _ => null,
    };

    private static UserErrorException Unknown(string message) => new(PublishErrors.PullRequestNotFound, message);
}
