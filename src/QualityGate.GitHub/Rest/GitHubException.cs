using System.Globalization;
using QualityGate.Errors;

namespace QualityGate.GitHub;

/// <summary>
/// GitHub could not be used. The message says what happened and <see cref="Advice"/> what to do; neither holds the token or a signed
/// address. It is not a verdict: whoever publishes decides whether a gate's exit code may depend on it.
/// </summary>
internal sealed class GitHubException : Exception
{
    /// <summary>Creates the error.</summary>
    public GitHubException(GitHubErrorKind kind, string message, string? advice = null, ErrorCode? code = null)
        : base(message)
    {
        Kind = kind;
        Code = code ?? CodeOf(kind);
        Advice = advice ?? Code.Advice;
    }

    /// <summary>What went wrong.</summary>
    public GitHubErrorKind Kind { get; }

    /// <summary>The code to look up.</summary>
    public ErrorCode Code { get; }

    /// <summary>What to do next.</summary>
    public string Advice { get; }

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether GitHub may have done what was asked, although no answer says so. A comment that is then sent again stands there twice.</summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>How long GitHub asks to wait, when it says.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>The error after all attempts, with their number.</summary>
    public GitHubException GivenUp(int attempts, TimeSpan wait)
    {
        string tried = attempts > 1 ? string.Create(CultureInfo.InvariantCulture, $" Tried {attempts} times.") : string.Empty;
        string asked = Kind == GitHubErrorKind.RateLimited
            ? string.Create(CultureInfo.InvariantCulture, $" The next attempt would have to wait {Math.Ceiling(wait.TotalSeconds)} s.")
            : string.Empty;
        return new GitHubException(Kind, Message + tried + asked, Advice, Code) { IsTransient = IsTransient, MayHaveHappened = MayHaveHappened, Wait = Wait };
    }

    /// <summary>The same as an error of the user's, for commands that cannot do their work without GitHub.</summary>
    public UserErrorException AsUserError() => new(Code, Message, advice: Advice, innerException: this);

    private static ErrorCode CodeOf(GitHubErrorKind kind) => kind switch
    {
        GitHubErrorKind.NoNetwork => PublishErrors.NoNetwork,
        GitHubErrorKind.Dns => PublishErrors.NameNotFound,
        GitHubErrorKind.Unauthorized => PublishErrors.Unauthorized,
        GitHubErrorKind.ForbiddenFork => PublishErrors.ForbiddenFork,
        GitHubErrorKind.ForbiddenPermission => PublishErrors.ForbiddenPermission,
        GitHubErrorKind.NotFound => PublishErrors.NotFound,
        GitHubErrorKind.Conflict => PublishErrors.Conflict,
        GitHubErrorKind.Unprocessable => PublishErrors.Unprocessable,
        GitHubErrorKind.RateLimited => PublishErrors.RateLimited,
        GitHubErrorKind.ServerFault => PublishErrors.ServerFault,
        GitHubErrorKind.Timeout => PublishErrors.Timeout,
        GitHubErrorKind.Gone => PublishErrors.Gone,
        _ => PublishErrors.BadAnswer,
    };
}
