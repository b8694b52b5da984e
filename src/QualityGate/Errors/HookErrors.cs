namespace QualityGate.Errors;

/// <summary>Codes about the git hook, QG52xx.</summary>
public static class HookErrors
{
    /// <summary>There is no git.</summary>
    public static readonly ErrorCode NoGit = new("QG5201", "git cannot be started", "Install git, or add its folder to PATH.");

    /// <summary>Not in the working tree of a repository.</summary>
    public static readonly ErrorCode NoRepository = new(
        "QG5202", "no git repository here", "Run this in the working tree of a git repository; a bare one has no files to judge.");

    /// <summary>The repository belongs to somebody else.</summary>
    public static readonly ErrorCode UnsafeRepository = new(
        "QG5203", "git does not trust the repository's owner", "If you do: `git config --global --add safe.directory PATH`.");

    /// <summary>There is a hook that must not be touched.</summary>
    public static readonly ErrorCode ForeignHook = new(
        "QG5204", "hook that is left alone", "Add the line to it by hand; docs/hooks.md shows where for common hook managers.");

    /// <summary>One hooks folder for many repositories.</summary>
    public static readonly ErrorCode SharedHooks = new(
        "QG5205", "hooks folder of many repositories", "Give this repository its own (`git config core.hooksPath .githooks`), or add the line by hand.");

    /// <summary>Somebody changed the fenced part of a hook.</summary>
    public static readonly ErrorCode ChangedBlock = new(
        "QG5206", "fenced part was changed", "Move what was changed outside of the fence, or let it go with --force.");

    /// <summary>The spec is pushed, or removed by the push, and is not on disk.</summary>
    public static readonly ErrorCode SpecNotHere = new(
        "QG5207", "spec is not on disk", "Check out what is pushed; when the spec moved or is gone for good, run `qualitygate hook install` or `hook uninstall` again.");

    /// <summary>git answered what was not expected.</summary>
    public static readonly ErrorCode GitFailed = new("QG5208", "git failed", "Run the same git command by hand; `git fsck` tells whether the repository is whole.");
}
