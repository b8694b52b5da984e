using System.Net;
using System.Text;
using System.Text.Json;

namespace QualityGate.GitHub;

/// <summary>Turns an answer that is no success into an error that says what to do.</summary>
internal static class Refusal
{
    private const int MaximumQuote = 300;

    /// <summary>The error of an answer.</summary>
    public static GitHubException Of(HttpResponseMessage response, byte[] body, GitHubRequest request, GitHubContext context, DateTimeOffset now)
    {
        string said = Said(body, context);
        string message = $"GitHub answered {(int)response.StatusCode} to {request}{(said.Length > 0 ? $": {said}" : "")}.";
        if (RateLimit.IsLimit(response, said, now, out TimeSpan? wait))
        {
            return new GitHubException(GitHubErrorKind.RateLimited, message) { IsTransient = true, Wait = wait };
        }

        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Unauthorized(message, context),
            HttpStatusCode.Forbidden => Forbidden(message, said, response, request, context),
            HttpStatusCode.NotFound => new GitHubException(
                GitHubErrorKind.NotFound, message, $"Check the name or number. GitHub gives the same answer when the token lacks `{request.Permission}` on a private repository."),
            HttpStatusCode.Conflict => new GitHubException(GitHubErrorKind.Conflict, message),
            HttpStatusCode.Gone => new GitHubException(GitHubErrorKind.Gone, message),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new GitHubException(GitHubErrorKind.Unprocessable, message),
            HttpStatusCode.RequestTimeout => new GitHubException(GitHubErrorKind.Timeout, message) { IsTransient = true, MayHaveHappened = true },
            HttpStatusCode.ProxyAuthenticationRequired => new GitHubException(
                GitHubErrorKind.NoNetwork, message, "The proxy wants a name and password: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT."),
            >= HttpStatusCode.InternalServerError => new GitHubException(GitHubErrorKind.ServerFault, message)
            {
                IsTransient = true,
                MayHaveHappened = true,
                Wait = RateLimit.RetryAfter(response, now),
            },
            _ => new GitHubException(GitHubErrorKind.BadAnswer, message),
        };
    }

    private static GitHubException Unauthorized(string message, GitHubContext context) => context.Token is null
        ? new GitHubException(GitHubErrorKind.Unauthorized, message, "There is no token. Pass one to the step: `env: { GITHUB_TOKEN: ${{ github.token }} }`.")
        : new GitHubException(
            GitHubErrorKind.Unauthorized, message, "The token is wrong, expired or revoked. A job's own token ends with the job: `env: { GITHUB_TOKEN: ${{ github.token }} }`.");

    private static GitHubException Forbidden(string message, string said, HttpResponseMessage response, GitHubRequest request, GitHubContext context)
    {
        bool writes = request.Method != HttpMethod.Get;
        if (writes && context.HasReadOnlyToken)
        {
            string why = context.IsFork ? "The pull request comes from a fork" : "The pull request comes from Dependabot";
            return new GitHubException(
                GitHubErrorKind.ForbiddenFork,
                $"{message} {why}, so this job's token may only read.",
                "Publish from a second workflow that starts on `workflow_run` and takes this run's result as an artifact (`qualitygate init --github` writes both). "
                    + "No `permissions:` in this workflow can change it.");
        }

        if (response.Headers.Contains("X-GitHub-SSO"))
        {
            return new GitHubException(GitHubErrorKind.ForbiddenPermission, message, "The organisation wants single sign-on: authorise the token for it in its settings.");
        }

        // Locked conversations and archived repositories are 403 as well, and no permission opens them.
        return said.Length == 0 || said.Contains("not accessible", StringComparison.OrdinalIgnoreCase)
            ? new GitHubException(
                GitHubErrorKind.ForbiddenPermission,
                $"{message} The token lacks the permission `{request.Permission}`.",
                $"Add it to the job: `permissions: {{ contents: read, {request.Permission} }}`.")
            : new GitHubException(
                GitHubErrorKind.ForbiddenPermission, message, $"Mend what GitHub's words name; the job needs `permissions: {{ contents: read, {request.Permission} }}`.");
    }

    // {"message": "...", "errors": [{"message": "..."}]}; anything else is not quoted, since a proxy's page is no help.
    private static string Said(byte[] body, GitHubContext context)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            StringBuilder said = new(Words(document.RootElement.At("message")));
            if (document.RootElement.At("errors") is { ValueKind: JsonValueKind.Array } errors)
            {
                foreach (string more in errors.EnumerateArray().Take(3).Select(e => Words(e.At("message") ?? e)).Where(words => words.Length > 0))
                {
                    said.Append(said.Length > 0 ? "; " : "").Append(more);
                }
            }

            string text = Plain(context.Token?.Redact(said.ToString()) ?? said.ToString());
            return text.Length > MaximumQuote ? text[..MaximumQuote] + "..." : text;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return string.Empty;
        }
    }

    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim().TrimEnd('.');

    private static string Words(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? string.Empty : string.Empty;
}
