using QualityGate.Errors;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Tool.Hooks;

/// <summary>Whether a push needs a spec to be judged, and why.</summary>
/// <param name="Reason">Why it does, or null when it does not.</param>
/// <param name="Warning">What a user should know of the files on disk, or null.</param>
internal sealed record PushVerdict(string? Reason, string? Warning);

/// <summary>Compares what is pushed with what specs depend on.</summary>
internal sealed class PushReview
{
    private const int MostNamed = 3;

    private readonly GitRepository _repository;
    private readonly IReadOnlyList<PushedRef> _refs;
    private readonly IReadOnlyList<PushedChanges> _changes;

    /// <summary>Looks at every ref of a push.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="refs">What git says is pushed.</param>
    /// <param name="remote">The remote's name, or null.</param>
    public PushReview(GitRepository repository, IReadOnlyList<PushedRef> refs, string? remote)
    {
        _repository = repository;
        _refs = [.. refs.Where(r => !r.IsDeletion)];
        _changes = [.. _refs.Select(r => PushedChanges.Of(repository.Git, r, remote))];
    }

    /// <summary>Whether the push brings nothing that the remote does not have: deletions, and new names for old commits.</summary>
    public bool IsEmpty => _changes.All(c => c.Unknown is null && c.Names.Count == 0);

    /// <summary>Whether a spec that is not on disk is no matter of this push.</summary>
    /// <exception cref="UserErrorException">QG5207: it is pushed, or removed by the push.</exception>
    public bool IsElsewhere(string specPath)
    {
        if (_repository.RelativeName(Path.GetFullPath(specPath)) is not { } name)
        {
            return false;
        }

        string? pushed = _refs.Select(r => r.LocalSha).FirstOrDefault(sha => _repository.Git.Run("cat-file", "-e", $"{sha}:{name}").IsDone);
        if (pushed is not null)
        {
            throw new UserErrorException(HookErrors.SpecNotHere, $"{specPath} is in the commit {pushed[..10]} that is pushed, but not on disk.");
        }

        return _changes.Any(c => c.Names.Contains(name))
            ? throw new UserErrorException(HookErrors.SpecNotHere, $"{specPath} is removed by this push, and the hook is to judge by it.")
            : true;
    }

    /// <summary>Looks at one spec.</summary>
    public PushVerdict Of(GateSpec spec)
    {
        IReadOnlyList<WatchedPath> watched = WatchedPath.Of(spec);
        bool Covers(string name) => _repository.PathOf(name) is var path && watched.Any(w => w.Covers(path));
        string? reason = _changes.FirstOrDefault(c => c.Unknown is not null)?.Unknown
            ?? Named([.. _changes.SelectMany(c => c.Names).Distinct().Where(Covers)], "changed")
            ?? Unseen(watched);
        return new PushVerdict(reason, reason is null ? null : Unlike(Covers));
    }

    private string? Unseen(IReadOnlyList<WatchedPath> watched)
    {
        SetVisibility visibility = new(_repository);
        return watched.Where(w => w.IsSet)
            .Select(set => visibility.WhyNot(set) is { } why ? $"the {set.Name} {why}: what is on disk now is judged" : null)
            .FirstOrDefault(line => line is not null);
    }

    // Only tracked files: what git does not track is no part of what is pushed.
    private string? Unlike(Func<string, bool> covers)
    {
        IEnumerable<string> files = _refs.Select(r => PushedChanges.CommitOf(_repository.Git, r.LocalSha)).OfType<string>().Distinct()
            .SelectMany(commit => _repository.Git.Names("diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", commit, "--"));
        return Named([.. files.Distinct().Where(covers)], "on disk not as pushed: the files on disk are judged");
    }

    private static string? Named(string[] files, string what)
    {
        string more = files.Length > MostNamed ? $" and {files.Length - MostNamed} more" : string.Empty;
        return files.Length == 0 ? null : PlainText.OneLine($"{string.Join(", ", files.Take(MostNamed))}{more} {what}");
    }
}
