using System.Globalization;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.GitHub;
using QualityGate.Reports;

namespace QualityGate.Tool.GitHub;

/// <summary>What to pull.</summary>
/// <param name="Path">The baseline file.</param>
/// <param name="LockPath">Its lock, whether there is one or not.</param>
/// <param name="Artifact">Name of the artifact.</param>
/// <param name="Workflow">File of the workflow whose runs are asked, or null for all.</param>
/// <param name="Branches">Branches by name, in order, the first being the one that is checked; empty: as the event says.</param>
internal sealed record WantedBaseline(string Path, string LockPath, string Artifact, string? Workflow, IReadOnlyList<string> Branches);

/// <summary>Brings back a baseline that an earlier run uploaded. Nothing is believed: the archive is unzipped with care, the file is checked, and a lock has the last word.</summary>
/// <param name="environment">A variable by name.</param>
/// <param name="log">Hears where was looked.</param>
internal sealed class BaselinePull(Func<string, string?> environment, TextWriter log)
{
    /// <summary>Pulls it, unless the right one is there already.</summary>
    /// <returns>One line for people.</returns>
    /// <exception cref="UserErrorException">There is none, it cannot be had, or it is not the one that the lock names.</exception>
    public string Run(WantedBaseline wanted, CancellationToken cancellation)
    {
        BaselineLock? locked = LockFile.TryRead(wanted.LockPath);
        if (File.Exists(wanted.Path) && (locked is null || LockFile.HashOf(wanted.Path) == locked.Sha256))
        {
            return $"{wanted.Path} is here already{(locked is null ? "" : ", as the lock names it")}";
        }

        try
        {
            return PullAsync(wanted, locked, cancellation).GetAwaiter().GetResult();
        }
        catch (GitHubException failure)
        {
            throw failure.AsUserError();
        }
    }

    private async Task<string> PullAsync(WantedBaseline wanted, BaselineLock? locked, CancellationToken cancellation)
    {
        GitHubContext context = GitHubContext.Read(environment);
        using GitHubClient client = GitHubClient.Create(context, note => log.WriteLine(PlainText.OneLine(note)));
        ArtifactBaselines artifacts = new(client);
        BaselineSearch search = await artifacts.FindAsync(wanted.Artifact, await BranchesAsync(client, wanted, cancellation).ConfigureAwait(false), wanted.Workflow, cancellation).ConfigureAwait(false);
        foreach (string looked in search.Looked)
        {
            log.WriteLine($"looked at {PlainText.OneLine(looked)}");
        }

        BaselineArtifact found = search.Found ?? throw new UserErrorException(
            BaselineErrors.Missing, $"No run has uploaded the artifact {wanted.Artifact}.", advice: "Run the workflow that creates the baseline on the base branch.");
        string folder = $"{Path.GetFullPath(wanted.Path)}.{Guid.NewGuid():N}.pulled";
        try
        {
            IReadOnlyList<string> names = await artifacts.FetchAsync(found, folder, cancellation: cancellation).ConfigureAwait(false);
            Accept(names, folder, wanted, locked);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        string day = found.CreatedAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "an unknown day";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"pulled {wanted.Path} from run {found.RunId} of branch {PlainText.OneLine(found.Branch)} ({day}, commit {PlainText.Cut(PlainText.OneLine(found.HeadSha), 10)})");
    }

    private static async Task<IReadOnlyList<BaselineBranch>> BranchesAsync(GitHubClient client, WantedBaseline wanted, CancellationToken cancellation)
    {
        if (wanted.Branches.Count > 0)
        {
            return [.. wanted.Branches.Distinct(StringComparer.Ordinal).Select((name, i) => new BaselineBranch(name, i == 0 && !client.Context.IsFork))];
        }

        bool knowsDefault = client.Context.Event.DefaultBranch is not null;
        string? byDefault = knowsDefault ? null : (await client.GetRepositoryAsync(cancellation).ConfigureAwait(false)).DefaultBranch;
        return BaselineBranch.Of(client.Context, byDefault);
    }

    private static void Accept(IReadOnlyList<string> names, string folder, WantedBaseline wanted, BaselineLock? locked)
    {
        string name = Path.GetFileName(wanted.Path);
        string[] matching = [.. names.Where(n => n == name || n.EndsWith("/" + name, StringComparison.Ordinal))];
        if (matching.Length != 1)
        {
            throw new UserErrorException(BaselineErrors.Missing, $"The artifact {wanted.Artifact} holds {matching.Length} files named {name}, and one is expected.");
        }

        string file = Path.Combine(folder, matching[0]);
        if (locked is not null && LockFile.HashOf(file) is string hash && hash != locked.Sha256)
        {
            throw new UserErrorException(
                BaselineErrors.LockDisagrees, $"The newest artifact {wanted.Artifact} holds another baseline (SHA-256 {hash[..12]}) than the lock {wanted.LockPath} names ({locked.Sha256[..12]}).");
        }

        if (BaselineFile.Verify(file) is [var problem, ..])
        {
            throw new UserErrorException(BaselineErrors.Damaged, problem);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(wanted.Path))!);
        File.Move(file, wanted.Path, overwrite: true);
    }
}
