namespace QualityGate.GitHub;

/// <summary>The <c>Link</c> header, which says where a list goes on.</summary>
internal static class PageLink
{
    private const int MaximumLength = 8192;

    /// <summary>The address of the next page, or null on the last.</summary>
    /// <exception cref="GitHubException">It leads to another server, which must not get the token.</exception>
    public static Uri? Next(HttpResponseMessage response, Uri current)
    {
        if (!response.Headers.TryGetValues("Link", out IEnumerable<string>? values))
        {
            return null;
        }

        // <https://...?page=2>; rel="next", <https://...?page=5>; rel="last"
        foreach (string link in string.Join(',', values.Where(value => value.Length <= MaximumLength)).Split('<').Skip(1))
        {
            int end = link.IndexOf('>', StringComparison.Ordinal);
            if (end > 0 && link.AsSpan(end).Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase))
            {
                return Uri.TryCreate(current, link[..end], out Uri? next) && ServiceAddress.SameServer(next, current)
                    ? next
                    : throw new GitHubException(GitHubErrorKind.BadAnswer, "The answer's next page is on another server.");
            }
        }

        return null;
    }
}
