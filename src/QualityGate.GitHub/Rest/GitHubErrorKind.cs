namespace QualityGate.GitHub;

/// <summary>What went wrong between here and GitHub.</summary>
internal enum GitHubErrorKind
{
    /// <summary>No connection, or it broke.</summary>
    NoNetwork,

    /// <summary>The host's name has no address.</summary>
    Dns,

    /// <summary>401: the token is missing, wrong or expired.</summary>
    Unauthorized,

    /// <summary>403 in a job whose token may only read because the pull request comes from a fork.</summary>
    ForbiddenFork,

    /// <summary>403 for want of a permission.</summary>
    ForbiddenPermission,

    /// <summary>404: not there, or not to be seen with this token.</summary>
    NotFound,

    /// <summary>409.</summary>
    Conflict,

    /// <summary>400 or 422: what was sent is not accepted.</summary>
    Unprocessable,

    /// <summary>429, or 403 with signs of a limit.</summary>
    RateLimited,

    /// <summary>5xx.</summary>
    ServerFault,

    /// <summary>No answer, or no more of it, in time.</summary>
    Timeout,

    /// <summary>An answer that is not GitHub's or cannot be trusted.</summary>
    BadAnswer,

    /// <summary>410: expired or deleted.</summary>
    Gone,
}
