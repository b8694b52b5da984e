using QualityGate.Baselines;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.Baselines;

public sealed class GitCommitTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_branch_is_followed_from_a_folder_below_the_root()
    {
        Write(".git/HEAD", "ref: refs/heads/feature/x\n");
        Write(".git/refs/heads/feature/x", Commit + "\n");
        Write("src/deep/file", "");

        Assert.Equal(Commit, GitCommit.TryRead(_folder.File("src/deep")));
    }

    [Fact]
    public void A_detached_head_is_its_commit()
    {
        Write(".git/HEAD", Commit + "\n");

        Assert.Equal(Commit, GitCommit.TryRead(_folder.Path));
    }

    [Fact]
    public void A_packed_branch_is_found()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/packed-refs", $"# pack-refs with: peeled\n{new string('1', 40)} refs/remotes/origin/refs/heads/main\n{Commit} refs/heads/main\n^{new string('2', 40)}\n");

        Assert.Equal(Commit, GitCommit.TryRead(_folder.Path));
    }

    [Fact]
    public void A_worktree_finds_its_branch_in_the_main_repository()
    {
        Write("main/.git/refs/heads/topic", Commit + "\n");
        Write("main/.git/worktrees/tree/HEAD", "ref: refs/heads/topic\n");
        Write("main/.git/worktrees/tree/commondir", "../..\n");
        Write("tree/.git", "gitdir: ../main/.git/worktrees/tree\n");

        Assert.Equal(Commit, GitCommit.TryRead(_folder.File("tree")));
    }

    [Theory]
    [InlineData("ref: refs/heads/main\n")]
    [InlineData("ref: ../../secret\n")]
    [InlineData("ref: HEAD\n")]
    [InlineData("garbage\n")]
    [InlineData("")]
    public void A_repository_that_is_not_understood_has_no_commit(string head)
    {
        Write(".git/HEAD", head);
        Write("secret", Commit);

        Assert.Null(GitCommit.TryRead(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string name, string text)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
