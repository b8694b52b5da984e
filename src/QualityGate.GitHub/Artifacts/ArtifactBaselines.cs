using System.Globalization;
using QualityGate.Errors;
using QualityGate.Features.Files;

namespace QualityGate.GitHub;

/// <summary>
/// Finds the newest baseline that a run of this repository uploaded, branch by branch. Anybody can open a pull request from a fork whose
/// branch is called <c>main</c> and upload an artifact of any name, so only runs of this repository's own commits count; and on the branches
/// a pull request goes to, only those that a push, a schedule or a person started.
/// </summary>
internal sealed class ArtifactBaselines(GitHubClient client)
{
    /// <summary>Runs that are asked for their artifacts, per branch and pass.</summary>
    private const int MaximumRuns = 20;

    private const string Foreign = "refused, it comes from a fork";
    private const string PullRequestEvent = "pull_request";
    private static readonly string[] TrustedEvents = ["push", "schedule", "workflow_dispatch"];

    private readonly List<string> _looked = [];
    private readonly HashSet<long> _seen = [];

    /// <summary>Looks on each branch in turn; successful runs first, then others, each newest first.</summary>
    /// <param name="artifactName">The artifact.</param>
    /// <param name="branches">See <see cref="BaselineBranch.Of"/>.</param>
    /// <param name="workflowFile">Such as <c>quality.yml</c>: only its runs are asked. Null asks the repository's list of artifacts.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<BaselineSearch> FindAsync(
        string artifactName, IReadOnlyList<BaselineBranch> branches, string? workflowFile, CancellationToken cancellation = default)
    {
        _looked.Clear();
        _seen.Clear();
        IReadOnlyList<Artifact> listed = workflowFile is null ? await client.ListArtifactsAsync(artifactName, cancellation).ConfigureAwait(false) : [];
        foreach (BaselineBranch branch in branches)
        {
            int before = _looked.Count;
            BaselineArtifact? found = workflowFile is null
                ? await FromListAsync(listed, artifactName, branch, cancellation).ConfigureAwait(false)
                : await FromRunsAsync(artifactName, branch, workflowFile, cancellation).ConfigureAwait(false);
            if (found is not null)
            {
                return new BaselineSearch(found, [.. _looked]);
            }

            if (_looked.Count == before)
            {
                _looked.Add($"branch {Plain(branch.Name)}: {(workflowFile is null ? $"no artifact {Plain(artifactName)}" : $"no run of {Plain(workflowFile)}")}");
            }
        }

        return new BaselineSearch(null, [.. _looked]);
    }

    /// <summary>Downloads a baseline and unzips it.</summary>
    /// <param name="found">Of <see cref="FindAsync"/>.</param>
    /// <param name="folder">A folder that is not there yet, or is empty.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Names of the files, with <c>/</c> between their parts.</returns>
    /// <exception cref="GitHubException">It cannot be downloaded, or is not what was uploaded.</exception>
    /// <exception cref="UserErrorException">QG5030: its archive is refused. QG5033: the folder cannot be used.</exception>
    public async Task<IReadOnlyList<string>> FetchAsync(
        BaselineArtifact found, string folder, ArchiveLimits? limits = null, CancellationToken cancellation = default)
    {
        ArchiveLimits allowed = limits ?? new ArchiveLimits();
        string temporary = $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))}.{Guid.NewGuid():N}.zip{AtomicFile.TemporaryEnding}";
        FileStream zip = Create(temporary, folder);
        await using (zip.ConfigureAwait(false))
        {
            await client.DownloadArtifactAsync(found.ArtifactId, found.Digest, zip, allowed.MaximumArchiveBytes, cancellation).ConfigureAwait(false);
            zip.Position = 0;
            return ArtifactArchive.Extract(zip, folder, allowed);
        }
    }

    private static FileStream Create(string path, string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(PublishErrors.FolderNotUsable, $"{folder} cannot be written: {exception.Message.TrimEnd('.')}.", innerException: exception);
        }
    }

    private async Task<BaselineArtifact?> FromRunsAsync(string name, BaselineBranch branch, string workflow, CancellationToken cancellation)
    {
        foreach (string status in new[] { "success", "completed" })
        {
            int asked = 0;
            foreach (WorkflowRun run in await RunsAsync(branch, workflow, status, cancellation).ConfigureAwait(false))
            {
                if (!_seen.Add(run.Id) || run.HeadBranch != branch.Name)
                {
                    continue;
                }

                if (WhyNot(run, branch) is string reason)
                {
                    Note(branch, run, reason);
                    continue;
                }

                if (++asked > MaximumRuns)
                {
                    break;
                }

                IReadOnlyList<Artifact> artifacts = await client.ListRunArtifactsAsync(run.Id, name, cancellation).ConfigureAwait(false);
                if (Take(artifacts, name, branch, run) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    // Asked event by event: in one list, a fork's many runs from a branch of the same name could push ours off its end.
    private async Task<IEnumerable<WorkflowRun>> RunsAsync(BaselineBranch branch, string workflow, string status, CancellationToken cancellation)
    {
        List<WorkflowRun> runs = [];
        foreach (string eventName in branch.IsOwn ? [.. TrustedEvents, PullRequestEvent] : TrustedEvents)
        {
            runs.AddRange(await client.ListRunsAsync(workflow, branch.Name, status, eventName, cancellation).ConfigureAwait(false));
        }

        return runs.OrderByDescending(run => run.Id);
    }

    private async Task<BaselineArtifact?> FromListAsync(IReadOnlyList<Artifact> listed, string name, BaselineBranch branch, CancellationToken cancellation)
    {
        BaselineArtifact? unsuccessful = null;
        Artifact[] there = [.. listed.Where(a => a.WorkflowRun?.HeadBranch == branch.Name).OrderByDescending(a => a.Id)];
        foreach (Artifact foreign in there.Where(IsForeign))
        {
            _looked.Add(string.Create(CultureInfo.InvariantCulture, $"branch {Plain(branch.Name)}: run {foreign.WorkflowRun?.Id}: {Foreign}"));
        }

        long[] runs = [.. there.Where(a => !IsForeign(a)).Select(a => a.WorkflowRun!.Id).OfType<long>().Distinct()];
        foreach (long id in runs.Where(_seen.Add).Take(MaximumRuns))
        {
            if (await RunAsync(id, cancellation).ConfigureAwait(false) is not { } run)
            {
                _looked.Add(string.Create(CultureInfo.InvariantCulture, $"branch {Plain(branch.Name)}: run {id}: not used, the run was deleted"));
            }
            else if (WhyNot(run, branch) is string reason)
            {
                Note(branch, run, reason);
            }
            else if (unsuccessful is null || run.Conclusion == "success")
            {
                BaselineArtifact? found = Take([.. listed.Where(a => a.WorkflowRun?.Id == id)], name, branch, run);
                if (found is not null && run.Conclusion == "success")
                {
                    return found;
                }

                unsuccessful ??= found;
            }
        }

        return unsuccessful;
    }

    // Without its run, nobody knows what started an artifact.
    private async Task<WorkflowRun?> RunAsync(long id, CancellationToken cancellation)
    {
        try
        {
            return await client.GetRunAsync(id, cancellation).ConfigureAwait(false);
        }
        catch (GitHubException failure) when (failure.Kind == GitHubErrorKind.NotFound)
        {
            return null;
        }
    }

    private string? WhyNot(WorkflowRun run, BaselineBranch branch)
    {
        bool own = client.Context.Repository.Is(run.HeadRepository?.FullName) && (run.Repository is null || run.Repository.Id == run.HeadRepository?.Id);
        return own switch
        {
            false => Foreign,
            true when TrustedEvents.Contains(run.Event) || (branch.IsOwn && run.Event == PullRequestEvent) => null,
            _ => $"not used, it was started by {Plain(run.Event)}",
        };
    }

    private static bool IsForeign(Artifact artifact) =>
        artifact.WorkflowRun is { HeadRepositoryId: long head, RepositoryId: long here } && head != here;

    // Of several with the name the newest counts: an upload that overwrites makes a new one.
    private BaselineArtifact? Take(IReadOnlyList<Artifact> artifacts, string name, BaselineBranch branch, WorkflowRun run)
    {
        Artifact? newest = artifacts.Where(a => a.Name == name).OrderByDescending(a => a.Id).FirstOrDefault();
        string? fault = newest switch
        {
            null => $"no artifact {Plain(name)}",
            { Expired: true } => $"artifact {Plain(name)} has expired",
            _ when IsForeign(newest) => Foreign,
            _ => null,
        };
        Note(branch, run, fault ?? $"artifact {Plain(name)} found");
        return fault is not null
            ? null
            : new BaselineArtifact(newest!.Id, name, branch.Name, run.Id, run.HeadSha ?? string.Empty, newest.CreatedAt, newest.SizeInBytes, newest.Digest);
    }

    private void Note(BaselineBranch branch, WorkflowRun run, string what)
    {
        string date = run.CreatedAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "unknown date";
        _looked.Add(string.Create(CultureInfo.InvariantCulture, $"branch {Plain(branch.Name)}: run {run.Id} ({date}, {CommitText.Short(run.HeadSha)}): {what}"));
    }

    private static string Plain(string? text) => text is null ? "something unknown" : string.Concat(text.Take(100).Select(c => char.IsControl(c) ? '?' : c));
}
