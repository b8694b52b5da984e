namespace QualityGate.GitHub;

// What is read of GitHub's answers. All of it may be missing, and texts in it are other people's: show none unescaped.

/// <summary>Who wrote something.</summary>
/// <param name="Login">The name; those of apps end in <c>[bot]</c>, which no person's can.</param>
/// <param name="Type"><c>User</c> or <c>Bot</c>.</param>
internal sealed record Account(string? Login, string? Type);

/// <summary>A comment on an issue or pull request.</summary>
internal sealed record IssueComment(long Id, string? Body, Account? User, string? HtmlUrl);

/// <summary>A repository.</summary>
internal sealed record RepositoryInfo(long Id, string? FullName, string? DefaultBranch);

/// <summary>One side of a pull request. The repository is null when the fork was deleted.</summary>
internal sealed record PullRequestSide(string? Ref, string? Sha, RepositoryInfo? Repo);

/// <summary>A pull request.</summary>
internal sealed record PullRequest(int Number, string? State, PullRequestSide? Head, PullRequestSide? Base, string? HtmlUrl);

/// <summary>A run of a workflow.</summary>
internal sealed record WorkflowRun(
    long Id,
    string? Path,
    string? Event,
    string? Conclusion,
    string? HeadBranch,
    string? HeadSha,
    RepositoryInfo? HeadRepository,
    RepositoryInfo? Repository,
    DateTimeOffset? CreatedAt);

/// <summary>The run that uploaded an artifact.</summary>
internal sealed record ArtifactRun(long? Id, string? HeadBranch, string? HeadSha, long? HeadRepositoryId, long? RepositoryId);

/// <summary>An artifact. <c>Digest</c> is <c>sha256:</c> and hexadecimal digits, or null on older servers.</summary>
internal sealed record Artifact(long Id, string? Name, long SizeInBytes, bool Expired, DateTimeOffset? CreatedAt, string? Digest, ArtifactRun? WorkflowRun);

/// <summary>A page of runs.</summary>
internal sealed record RunPage(WorkflowRun?[]? WorkflowRuns);

/// <summary>A page of artifacts.</summary>
internal sealed record ArtifactPage(Artifact?[]? Artifacts);

/// <summary>What a comment is made or changed with.</summary>
internal sealed record CommentText(string Body);
