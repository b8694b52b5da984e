using QualityGate.Errors;
using QualityGate.Features.Files;

namespace QualityGate.Tool.Hooks;

/// <summary>What became of an installation or a removal.</summary>
internal enum HookChange
{
    /// <summary>Nothing was to be done.</summary>
    None,

    /// <summary>A file was created.</summary>
    Created,

    /// <summary>The block was added to a hook.</summary>
    Added,

    /// <summary>The block was rewritten.</summary>
    Rewritten,

    /// <summary>The block was taken out of a hook.</summary>
    Removed,

    /// <summary>The file was deleted.</summary>
    Deleted,
}

/// <summary>The file <c>pre-push</c> of a repository.</summary>
/// <param name="repository">The repository.</param>
internal sealed class PrePushHook(GitRepository repository)
{
    private const int LargestHook = 1 << 20;

    /// <summary>Where it lies.</summary>
    public string File { get; } = Path.Combine(repository.HooksFolder(), "pre-push");

    /// <summary>Installs the block.</summary>
    /// <param name="plan">What it does.</param>
    /// <param name="force">Rewrite a block that somebody changed.</param>
    /// <exception cref="UserErrorException">QG5204..QG5206: the hook must not be touched.</exception>
    public HookChange Install(HookPlan plan, bool force)
    {
        plan.RequireWritable();
        if (repository.SharesHooks())
        {
            throw LeftAlone(HookErrors.SharedHooks, "core.hooksPath is set for all repositories", plan);
        }

        if (HookOwner.OfFolder(Path.GetDirectoryName(File)!) is { } owner)
        {
            throw LeftAlone(HookErrors.ForeignHook, owner, plan);
        }

        FileInfo file = new(File);
        if (!file.Exists && file.LinkTarget is null)
        {
            HookText head = new(HookText.Head, -1, 0);
            Write(head.With(HookBlock.Write(plan, createdFile: true)).Content, mode: null);
            return HookChange.Created;
        }

        HookText hook = ReadOwn(file, plan);
        if (hook.Block is { } before && !HookBlock.IsUntouched(before) && !force)
        {
            throw Changed();
        }

        HookText now = hook.With(HookBlock.Write(plan, hook.Block is { } block && HookBlock.CreatedFile(block)));
        if (now.Content == hook.Content)
        {
            return HookChange.None;
        }

        Write(now.Content, ModeOf(File));
        return hook.Block is null ? HookChange.Added : HookChange.Rewritten;
    }

    /// <summary>Takes the block out; the file is then as it was before.</summary>
    /// <param name="force">Also when somebody changed the block.</param>
    /// <exception cref="UserErrorException">QG5206: the block was changed.</exception>
    public HookChange Uninstall(bool force)
    {
        FileInfo file = new(File);
        if (!file.Exists || file.LinkTarget is not null || file.Length > LargestHook
            || HookText.Of(System.IO.File.ReadAllBytes(File), File) is not { Block: { } block } hook)
        {
            return HookChange.None;
        }

        if (!HookBlock.IsUntouched(block) && !force)
        {
            throw Changed();
        }

        string rest = hook.Without();
        if (rest == HookText.Head && HookBlock.CreatedFile(block))
        {
            file.Delete();
            return HookChange.Deleted;
        }

        Write(rest, ModeOf(File));
        return HookChange.Removed;
    }

    private HookText ReadOwn(FileInfo file, HookPlan plan)
    {
        if (file.LinkTarget is { } target)
        {
            throw LeftAlone(HookErrors.ForeignHook, $"it is a symbolic link to {target}", plan);
        }

        if (file.Length > LargestHook)
        {
            throw LeftAlone(HookErrors.ForeignHook, "it is too large for a script", plan);
        }

        HookText hook = HookText.Of(System.IO.File.ReadAllBytes(File), File);
        if (!hook.IsShellScript)
        {
            throw LeftAlone(HookErrors.ForeignHook, "its first line does not name sh, bash, dash or ksh", plan);
        }

        if (HookOwner.OfContent(hook.Content) is { } owner)
        {
            throw LeftAlone(HookErrors.ForeignHook, owner, plan);
        }

        // Git ignores such a hook; making it executable would bring its other part to life.
        return IsExecutable(File) ? hook : throw LeftAlone(HookErrors.ForeignHook, "it is not executable, so git ignores it (chmod +x it, or remove it, and install again)", plan);
    }

    private UserErrorException LeftAlone(ErrorCode code, string why, HookPlan plan) => new(
        code, $"{File} is left alone: {why}.", advice: $"The line that judges a push, with git's standard input: {plan.Line}");

    private UserErrorException Changed() => new(HookErrors.ChangedBlock, $"the fenced part of {File} is not as `qualitygate hook install` wrote it.");

    private void Write(string content, UnixFileMode? mode)
    {
        using AtomicFile file = new(File);
        file.Stream.Write(HookText.Bytes(content));
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode own = System.IO.File.GetUnixFileMode(file.Stream.SafeFileHandle);

            // Whoever may read it may run it, as far as the user's mask allows.
            System.IO.File.SetUnixFileMode(file.Stream.SafeFileHandle, mode ?? own | (UnixFileMode)(((int)own & 0b100_100_100) >> 2));
        }

        file.Commit(flushToDisk: false);
    }

    private static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : System.IO.File.GetUnixFileMode(path);

    private static bool IsExecutable(string path) => ModeOf(path) is not { } mode
        || (mode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
