using System.Net.Http.Headers;
using QualityGate.Errors;

namespace QualityGate.GitHub;

/// <summary>A secret that goes into the Authorization header and nowhere else: as text it is three asterisks.</summary>
internal sealed class GitHubToken
{
    private const string Hidden = "***";
    private const int MaximumLength = 4096;

    private readonly string _value;

    private GitHubToken(string value) => _value = value;

    /// <summary>Whether it belongs to an app, as the <c>GITHUB_TOKEN</c> of a job does. Such tokens cannot ask who they are.</summary>
    public bool IsInstallation => _value.StartsWith("ghs_", StringComparison.Ordinal);

    /// <summary>The header that carries it.</summary>
    public AuthenticationHeaderValue Header => new("Bearer", _value);

    /// <summary>Reads a token; null when there is none.</summary>
    /// <exception cref="UserErrorException">QG5020: it cannot stand in a header. The message does not quote it.</exception>
    public static GitHubToken? Of(string? text)
    {
        // A secret that was pasted with its line end is the commonest mistake.
        string value = text?.Trim() ?? string.Empty;
        if (value.Length == 0)
        {
            return null;
        }

        return value.Length <= MaximumLength && value.All(c => c is > ' ' and < '\x7f')
            ? new GitHubToken(value)
            : throw new UserErrorException(
                PublishErrors.ContextInvalid, "The GitHub token holds characters that no token has, or is too long.", advice: "Set GITHUB_TOKEN to the token alone.");
    }

    /// <summary>A text without the token, should an answer have quoted it.</summary>
    public string Redact(string text) => text.Replace(_value, Hidden, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Hidden;
}
