namespace QualityGate.GitHub;

/// <summary>
/// Whose comments are ours. A marker alone proves nothing: anybody can write it. A person's token is asked who it is; a job's own token may
/// not ask, and writes as <c>github-actions[bot]</c>, a name that no person can have. The app of one's own is named by
/// <c>QUALITYGATE_COMMENT_AUTHOR</c>.
/// </summary>
internal sealed class CommentAuthor
{
    /// <summary>Who writes with a job's own token.</summary>
    public const string ActionsBot = "github-actions[bot]";

    private readonly string _login;

    private CommentAuthor(string login) => _login = login;

    /// <summary>Finds out who the token writes as.</summary>
    public static async Task<CommentAuthor> OfAsync(GitHubClient client, CancellationToken cancellation)
    {
        if (client.Context.CommentAuthor is string named)
        {
            return new CommentAuthor(named);
        }

        if (client.Context.Token is not { IsInstallation: false })
        {
            return new CommentAuthor(ActionsBot);
        }

        try
        {
            return new CommentAuthor((await client.GetUserAsync(cancellation).ConfigureAwait(false)).Login ?? ActionsBot);
        }
        catch (GitHubException failure) when (failure.Kind is GitHubErrorKind.ForbiddenPermission or GitHubErrorKind.NotFound)
        {
            return new CommentAuthor(ActionsBot);
        }
    }

    /// <summary>Whether a comment is ours.</summary>
    public bool Wrote(IssueComment comment) =>
        string.Equals(comment.User?.Login, _login, StringComparison.OrdinalIgnoreCase)
        && (!_login.EndsWith("[bot]", StringComparison.Ordinal) || comment.User?.Type is null or "Bot");
}
