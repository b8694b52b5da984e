namespace QualityGate.GitHub;

/// <summary>
/// One comment per pull request and marker, whatever happens: runs repeat, answers get lost, people delete comments. It is found by its
/// marker at its very beginning and by its author; of several the oldest is kept. A comment whose making may have succeeded is looked for
/// before it is made again.
/// </summary>
internal sealed class StickyComment(GitHubClient client, RetryLoop loop)
{
    private const int MaximumGone = 3;

    /// <summary>Makes or changes the comment.</summary>
    /// <param name="number">The pull request.</param>
    /// <param name="marker">An HTML comment, or how it begins.</param>
    /// <param name="body">Markdown that begins with the marker.</param>
    /// <param name="isNewer">Looks at what stands there: true when a newer run wrote it, which then stays.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<CommentOutcome> UpsertAsync(int number, string marker, string body, Func<string, bool>? isNewer, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(marker);
        if (!body.StartsWith(marker, StringComparison.Ordinal))
        {
            throw new ArgumentException("The body does not begin with the marker, so it would not be found again.", nameof(body));
        }

        CommentAuthor author = await CommentAuthor.OfAsync(client, cancellation).ConfigureAwait(false);
        RetryLoop.Course course = loop.Begin();
        HashSet<long> gone = [];
        bool tried = false;
        while (true)
        {
            IssueComment? found = await FindAsync(number, marker, author, gone, cancellation).ConfigureAwait(false);
            try
            {
                return found is null
                    ? await CreateAsync(number, body, cancellation).ConfigureAwait(false)
                    : await UpdateAsync(found, body, isNewer, tried, cancellation).ConfigureAwait(false);
            }
            catch (GitHubException failure) when (found is null && failure.MayHaveHappened)
            {
                tried = true;
                await loop.PauseAsync(course, failure, cancellation).ConfigureAwait(false);
            }
            catch (GitHubException failure) when (found is not null && IsGone(failure) && gone.Count < MaximumGone)
            {
                gone.Add(found.Id);
            }
        }
    }

    // Somebody deleted it between the look and the change.
    private static bool IsGone(GitHubException failure) => failure.Kind is GitHubErrorKind.NotFound or GitHubErrorKind.Gone or GitHubErrorKind.Conflict;

    private async Task<IssueComment?> FindAsync(int number, string marker, CommentAuthor author, HashSet<long> gone, CancellationToken cancellation)
    {
        IssueComment? oldest = null;
        await foreach (IssueComment comment in client.ListIssueCommentsAsync(number, cancellation).ConfigureAwait(false))
        {
            bool ours = comment.Body?.TrimStart().StartsWith(marker, StringComparison.Ordinal) == true && author.Wrote(comment) && !gone.Contains(comment.Id);
            if (ours && (oldest is null || comment.Id < oldest.Id))
            {
                oldest = comment;
            }
        }

        return oldest;
    }

    private async Task<CommentOutcome> CreateAsync(int number, string body, CancellationToken cancellation)
    {
        IssueComment made = await client.CreateCommentAsync(number, body, cancellation).ConfigureAwait(false);
        return new CommentOutcome(CommentAction.Created, made.Id, made.HtmlUrl);
    }

    private async Task<CommentOutcome> UpdateAsync(IssueComment found, string body, Func<string, bool>? isNewer, bool madeByUs, CancellationToken cancellation)
    {
        string standing = Plain(found.Body);
        if (standing == Plain(body))
        {
            return new CommentOutcome(madeByUs ? CommentAction.Created : CommentAction.Unchanged, found.Id, found.HtmlUrl);
        }

        if (isNewer?.Invoke(standing) == true)
        {
            return new CommentOutcome(CommentAction.Superseded, found.Id, found.HtmlUrl);
        }

        IssueComment changed = await client.UpdateCommentAsync(found.Id, body, cancellation).ConfigureAwait(false);
        return new CommentOutcome(CommentAction.Updated, changed.Id, changed.HtmlUrl);
    }

    // Line ends come back as GitHub likes them.
    private static string Plain(string? body) => (body ?? string.Empty).ReplaceLineEndings("\n").Trim();
}
