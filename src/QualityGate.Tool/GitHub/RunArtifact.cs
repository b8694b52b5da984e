using QualityGate.Errors;
using QualityGate.GitHub;
using QualityGate.Reports;

namespace QualityGate.Tool.GitHub;

/// <summary>Results that another run uploaded, as a job on <c>workflow_run</c> takes them: data that nobody trusts.</summary>
internal static class RunArtifact
{
    private const string ResultName = "result.json";
    private const int MostResults = 20;

    /// <summary>Downloads and unzips the run's artifact.</summary>
    /// <param name="name">The artifact.</param>
    /// <param name="folder">A folder that is not there yet.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The results in it, in ordinal order.</returns>
    /// <exception cref="UserErrorException">There is none, it cannot be had, or it is refused.</exception>
    public static IReadOnlyList<string> Fetch(string name, string folder, CancellationToken cancellation)
    {
        try
        {
            return FetchAsync(name, folder, cancellation).GetAwaiter().GetResult();
        }
        catch (GitHubException failure)
        {
            throw failure.AsUserError();
        }
    }

    private static async Task<IReadOnlyList<string>> FetchAsync(string name, string folder, CancellationToken cancellation)
    {
        GitHubContext context = GitHubContext.Read(Environment.GetEnvironmentVariable);
        if (context.Event.WorkflowRun?.Id is not { } run)
        {
            throw new UserErrorException(PublishErrors.PullRequestNotFound, "--from-run works in a job on `workflow_run`; this one was started by something else.");
        }

        using GitHubClient client = GitHubClient.Create(context, note => Console.Error.WriteLine(PlainText.OneLine(note)));
        Artifact[] artifacts = [.. (await client.ListRunArtifactsAsync(run, name, cancellation).ConfigureAwait(false)).Where(a => a.Name == name && !a.Expired).OrderByDescending(a => a.Id)];
        if (artifacts is not [var newest, ..])
        {
            throw new UserErrorException(
                PublishErrors.NotFound, $"Run {run} has no artifact {name}.", advice: "Let the run that measures upload its result, also when the gate fails: `if: always()`.");
        }

        BaselineArtifact found = new(newest.Id, name, context.Event.WorkflowRun.HeadBranch ?? "", run, context.HeadSha ?? "", newest.CreatedAt, newest.SizeInBytes, newest.Digest);
        IReadOnlyList<string> names = await new ArtifactBaselines(client).FetchAsync(found, folder, ArchiveLimits.Untrusted, cancellation).ConfigureAwait(false);
        string[] results = [.. names.Where(n => n == ResultName || n.EndsWith("/" + ResultName, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(MostResults)];
        return results.Length > 0
            ? [.. results.Select(n => Path.Combine(folder, n))]
            : throw new UserErrorException(PublishErrors.NotFound, $"The artifact {name} holds no {ResultName}.");
    }
}
