using System.Runtime.Versioning;
using System.Text;

namespace QualityGate.Tests.Hooks;

[UnsupportedOSPlatform("windows")]
public sealed class HookInstallTests
{
    // Ends with exec: what stands behind it would never run.
    private const string Other = """
        #!/bin/sh
        # keeps what it was told
        echo "$1" >> other.log
        if [ -f stop ]; then exit 7; fi
        exec cat >> other.log
        """;

    [Theory]
    [InlineData("#!/bin/sh")]
    [InlineData("#!/usr/bin/env bash")]
    [InlineData("#!/bin/bash -eu")]
    public void An_existing_hook_keeps_its_input_its_arguments_and_its_exit_code(string shebang)
    {
        using PushRepository repository = PushRepository.WithGate(Other.Replace("#!/bin/sh", shebang, StringComparison.Ordinal));
        repository.Write(".gitignore", "other.log\nstop\n");
        repository.CommitCandidate(0.001f);
        string before = repository.Line("rev-parse", "origin/main"), head = repository.Line("rev-parse", "HEAD");
        PushRepository.Answer pushed = repository.Push("origin", "HEAD:main");
        PushRepository.Require(pushed);
        Assert.Contains("PASS: 1 gate", pushed.All, StringComparison.Ordinal);
        Assert.Equal($"origin\nHEAD {head} refs/heads/main {before}\n", File.ReadAllText(Path.Combine(repository.Root, "other.log")));

        // Nothing to push: no lines at all.
        File.Delete(Path.Combine(repository.Root, "other.log"));
        PushRepository.Require(repository.Push("origin", "HEAD:main"));
        Assert.Equal("origin\n", File.ReadAllText(Path.Combine(repository.Root, "other.log")));

        repository.Write("stop", "");
        repository.Write("README.md", shebang);
        repository.Commit("unrelated");
        Assert.NotEqual(0, repository.Push().ExitCode);
        File.Delete(Path.Combine(repository.Root, "stop"));
        repository.CommitCandidate(100);
        Assert.NotEqual(0, repository.Push().ExitCode);
    }

    public static TheoryData<string> Hooks() => new(
        "#!/bin/sh\necho hello\n", "#!/bin/sh\necho hello", "#!/bin/sh", "#!/bin/sh\n", "#!/bin/bash\n\n\nexit 0", "#! /bin/sh -e\necho '\u00e4\u00ff'\n", "#!/bin/sh\r\necho windows\r\n");

    [Theory]
    [MemberData(nameof(Hooks))]
    public void Uninstalling_leaves_every_byte_and_the_mode_as_they_were(string content)
    {
        using PushRepository repository = new();
        repository.WriteSpec("qualitygate.yaml", "a", "b");
        byte[] bytes = Encoding.Latin1.GetBytes(content);
        repository.WriteHook(bytes);
        UnixFileMode mode = File.GetUnixFileMode(repository.Hook);
        PushRepository.Require(repository.Install());
        byte[] installed = File.ReadAllBytes(repository.Hook);
        Assert.Equal(mode, File.GetUnixFileMode(repository.Hook));
        PushRepository.Require(repository.Install());
        Assert.Equal(installed, File.ReadAllBytes(repository.Hook));
        PushRepository.Require(repository.Install("--budget", "500ms"));
        Assert.Single(Encoding.Latin1.GetString(File.ReadAllBytes(repository.Hook)).Split("# >>> qualitygate >>>").Skip(1));
        Assert.Contains("--budget=500ms qualitygate.yaml", File.ReadAllText(repository.Hook), StringComparison.Ordinal);
        PushRepository.Require(repository.Tool("hook", "uninstall"));
        Assert.Equal(bytes, File.ReadAllBytes(repository.Hook));
        Assert.Equal(mode, File.GetUnixFileMode(repository.Hook));
        Assert.Contains("there is no gate", repository.Tool("hook", "uninstall").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hook_of_its_own_comes_and_goes_and_stays_when_something_was_added_to_it()
    {
        using PushRepository repository = new();
        repository.WriteSpec("qualitygate.yaml", "a", "b");
        PushRepository.Require(repository.Install());
        Assert.True(File.GetUnixFileMode(repository.Hook).HasFlag(UnixFileMode.UserExecute));
        string text = File.ReadAllText(repository.Hook);
        Assert.DoesNotContain('\r', text);
        PushRepository.Require(repository.Tool("hook", "uninstall"));
        Assert.False(File.Exists(repository.Hook));

        PushRepository.Require(repository.Install());
        File.AppendAllText(repository.Hook, "echo mine\n");
        PushRepository.Require(repository.Install("--budget", "2m"));
        PushRepository.Require(repository.Tool("hook", "uninstall"));
        Assert.Equal("#!/bin/sh\necho mine\n", File.ReadAllText(repository.Hook));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(repository.Hook)!), f => !f.EndsWith(".sample", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fenced_part_that_somebody_changed_is_not_overwritten_without_force()
    {
        using PushRepository repository = new();
        repository.WriteSpec("qualitygate.yaml", "a", "b");
        PushRepository.Require(repository.Install());
        string changed = File.ReadAllText(repository.Hook).Replace("# <<<", "echo mine\n# <<<", StringComparison.Ordinal);
        File.WriteAllText(repository.Hook, changed);
        foreach (PushRepository.Answer refused in new[] { repository.Install(), repository.Tool("hook", "uninstall") })
        {
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("QG5206", refused.Error, StringComparison.Ordinal);
            Assert.Equal(changed, File.ReadAllText(repository.Hook));
        }

        PushRepository.Require(repository.Install("--force"));
        Assert.DoesNotContain("mine", File.ReadAllText(repository.Hook), StringComparison.Ordinal);
        File.WriteAllText(repository.Hook, changed);
        PushRepository.Require(repository.Tool("hook", "uninstall", "--force"));
        Assert.False(File.Exists(repository.Hook));
        File.WriteAllText(repository.Hook, changed.Replace("# <<< qualitygate <<<\n", "", StringComparison.Ordinal));
        Assert.Equal(2, repository.Tool("hook", "uninstall", "--force").ExitCode);
    }

    [Theory]
    [InlineData("#!/usr/bin/env python3\nprint()\n", "does not name sh")]
    [InlineData("echo no first line\n", "does not name sh")]
    [InlineData("\u007fELF\0\0", "does not name sh")]
    [InlineData("#!/bin/sh\ncall_lefthook run \"pre-push\" \"$@\"\n", "lefthook.yml")]
    [InlineData("#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n", ".pre-commit-config.yaml")]
    public void A_hook_that_is_not_ours_to_write_is_left_alone_with_the_line_to_add(string content, string why)
    {
        using PushRepository repository = new();
        repository.WriteSpec("qualitygate.yaml", "a", "b");
        repository.WriteHook(content);
        AssertLeftAlone(repository, repository.Install("--budget", "20s"), why);
        Assert.Equal(Encoding.Latin1.GetBytes(content), File.ReadAllBytes(repository.Hook));
    }

    [Fact]
    public void Links_and_hooks_that_git_ignores_are_left_alone()
    {
        using PushRepository repository = new();
        repository.WriteSpec("qualitygate.yaml", "a", "b");
        repository.WriteHook("#!/bin/sh\n");
        File.SetUnixFileMode(repository.Hook, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AssertLeftAlone(repository, repository.Install("--budget", "20s"), "not executable");
        File.Delete(repository.Hook);
        repository.Write("hook.sh", "#!/bin/sh\n");
        File.CreateSymbolicLink(repository.Hook, Path.Combine(repository.Root, "hook.sh"));
        AssertLeftAlone(repository, repository.Install("--budget", "20s"), "symbolic link");
        File.Delete(Path.Combine(repository.Root, "hook.sh"));
        AssertLeftAlone(repository, repository.Install("--budget", "20s"), "symbolic link");
    }

    [Fact]
    public void The_hooks_folder_is_the_one_that_git_uses()
    {
        using PushRepository repository = PushRepository.WithGate();
        PushRepository.Require(repository.Tool("hook", "uninstall"));
        PushRepository.Require(repository.Git("config", "core.hooksPath", ".githooks"));
        Directory.CreateDirectory(Path.Combine(repository.Root, "sub"));
        PushRepository.Require(repository.ToolIn("work/sub", "hook", "install", "../qualitygate.yaml", "--command", PushRepository.Command));
        string hook = Path.Combine(repository.Root, ".githooks", "pre-push");
        Assert.True(File.Exists(hook));
        Assert.False(File.Exists(repository.Hook));
        repository.CommitCandidate(100);
        Assert.NotEqual(0, repository.Push().ExitCode);

        PushRepository.Require(repository.Git("config", "core.hooksPath", ".husky/_"));
        AssertLeftAlone(repository, repository.Install("--budget", "20s"), ".husky/pre-push");
        PushRepository.Require(repository.Git("config", "--unset", "core.hooksPath"));
        repository.Write("../gitconfig", "[core]\n\thooksPath = ~/all-hooks\n");
        repository.Set("GIT_CONFIG_GLOBAL", Path.Combine(repository.Root, "..", "gitconfig"));
        AssertLeftAlone(repository, repository.Install("--budget", "20s"), "set for all repositories");
    }

    [Fact]
    public void The_tool_of_the_repository_is_used_when_its_manifest_names_it()
    {
        using PushRepository repository = new();
        repository.WriteSpec("qualitygate.yaml", "a", "b");
        Assert.Contains("before each push: qualitygate hook run qualitygate.yaml", repository.Tool("hook", "install").Output, StringComparison.Ordinal);
        repository.Write(".config/dotnet-tools.json", """{ "version": 1, "tools": { "qualitygate.tool": { "version": "0.1.0", "commands": ["qualitygate"] } } }""");
        Assert.Contains("before each push: dotnet tool run qualitygate hook run qualitygate.yaml", repository.Tool("hook", "install").Output, StringComparison.Ordinal);
        Assert.Contains("dotnet tool restore", File.ReadAllText(repository.Hook), StringComparison.Ordinal);
        repository.Write(".config/dotnet-tools.json", "{ \"tools\": [] ");
        Assert.Contains("before each push: qualitygate hook run", repository.Tool("hook", "install").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_repository_or_git_does_not_trust_it_the_message_says_so()
    {
        using PushRepository repository = new();
        Assert.Contains("there is no spec at qualitygate.yaml", repository.Install().Error, StringComparison.Ordinal);
        repository.WriteSpec("qualitygate.yaml", "a", "b");
        Assert.Contains("expected a time of 1ms to 24h", repository.Install("--budget", "20").Error, StringComparison.Ordinal);
        Assert.Equal(2, repository.Tool("hook", "install", "--command", "a\nb").ExitCode);
        PushRepository.Answer bare = repository.ToolIn("remote.git", "hook", "install");
        Assert.Equal(2, bare.ExitCode);
        Assert.Contains("QG5202", bare.Error, StringComparison.Ordinal);
        repository.Set("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
        PushRepository.Answer unsafeHere = repository.Install();
        Assert.Equal(2, unsafeHere.ExitCode);
        Assert.Contains("QG5203", unsafeHere.Error, StringComparison.Ordinal);
        Assert.Contains("git config --global --add safe.directory", unsafeHere.Error, StringComparison.Ordinal);
    }

    private static void AssertLeftAlone(PushRepository repository, PushRepository.Answer answer, string why)
    {
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("is left alone", answer.Error, StringComparison.Ordinal);
        Assert.Contains(why, answer.Error, StringComparison.Ordinal);
        Assert.Contains($"{PushRepository.Command} hook run --budget=20s qualitygate.yaml", answer.Error, StringComparison.Ordinal);
    }
}
