namespace QualityGate.Errors;

/// <summary>Codes about publishing and fetching through GitHub, QG50xx.</summary>
public static class PublishErrors
{
    /// <summary>No connection.</summary>
    public static readonly ErrorCode NoNetwork = new(
        "QG5001", "GitHub cannot be reached", "Check the network, and HTTPS_PROXY and NO_PROXY when there is a proxy.");

    /// <summary>The host's name has no address.</summary>
    public static readonly ErrorCode NameNotFound = new(
        "QG5002", "The host's name is not known", "Check GITHUB_API_URL and the machine's name servers.");

    /// <summary>401.</summary>
    public static readonly ErrorCode Unauthorized = new(
        "QG5003", "GitHub does not accept the token", "Pass a token that is valid: `env: { GITHUB_TOKEN: ${{ github.token }} }`.");

    /// <summary>403 because a pull request comes from a fork.</summary>
    public static readonly ErrorCode ForbiddenFork = new(
        "QG5004",
        "The token of a fork's pull request may only read",
        "Publish from a second workflow that runs on `workflow_run`; no `permissions:` in this one can change it.");

    /// <summary>403 because of a missing permission.</summary>
    public static readonly ErrorCode ForbiddenPermission = new(
        "QG5005", "The token lacks a permission", "Add the permission that the message names to the job's `permissions:`.");

    /// <summary>404.</summary>
    public static readonly ErrorCode NotFound = new(
        "QG5006", "GitHub does not find it", "Check the name or number; GitHub gives the same answer for what the token may not see.");

    /// <summary>409.</summary>
    public static readonly ErrorCode Conflict = new("QG5007", "GitHub reports a conflict", "Run again: something else changed it at the same moment.");

    /// <summary>400 or 422.</summary>
    public static readonly ErrorCode Unprocessable = new("QG5008", "GitHub refuses what was sent", "Mend what GitHub's own words name.");

    /// <summary>429, or 403 with signs of a limit.</summary>
    public static readonly ErrorCode RateLimited = new(
        "QG5009", "GitHub's rate limit is reached", "Wait until the limit is reset and run again; fewer jobs at once also help.");

    /// <summary>5xx.</summary>
    public static readonly ErrorCode ServerFault = new("QG5010", "GitHub has a fault", "Run again later; githubstatus.com shows known faults.");

    /// <summary>No answer in time.</summary>
    public static readonly ErrorCode Timeout = new("QG5011", "GitHub does not answer in time", "Run again; check the network or proxy when it happens often.");

    /// <summary>An answer that cannot be understood or trusted.</summary>
    public static readonly ErrorCode BadAnswer = new(
        "QG5012", "The answer is not one that GitHub gives", "Check GITHUB_API_URL and whether a proxy answers in GitHub's place.");

    /// <summary>410.</summary>
    public static readonly ErrorCode Gone = new(
        "QG5013", "It is gone from GitHub", "Artifacts expire; run the workflow that makes it again, or keep it longer with `retention-days`.");

    /// <summary>The environment does not say where to publish.</summary>
    public static readonly ErrorCode ContextInvalid = new(
        "QG5020", "The GitHub environment is incomplete or wrong", "Inside GitHub Actions these variables are set; elsewhere set the one that the message names.");

    /// <summary>The event file.</summary>
    public static readonly ErrorCode EventUnreadable = new(
        "QG5021", "The event file cannot be read", "Check that GITHUB_EVENT_PATH names the JSON file that GitHub Actions wrote.");

    /// <summary>An archive that is damaged or hostile.</summary>
    public static readonly ErrorCode ArchiveRefused = new(
        "QG5030", "The artifact's archive is refused", "Do not use it; have the artifact made again by a workflow of yours.");

    /// <summary>Other bytes than those that were uploaded.</summary>
    public static readonly ErrorCode DigestMismatch = new(
        "QG5031", "The artifact is not what was uploaded", "Run again; when it stays, delete the artifact and make it anew.");

    /// <summary>More bytes than allowed.</summary>
    public static readonly ErrorCode ArtifactTooLarge = new("QG5032", "The artifact is too large", "Upload less in one artifact, or allow more bytes.");

    /// <summary>The folder for an artifact's files.</summary>
    public static readonly ErrorCode FolderNotUsable = new(
        "QG5033", "The artifact's folder cannot be used", "Name a folder that is empty or not there yet, on a disk with room.");

    /// <summary>A claimed pull request that is not the run's.</summary>
    public static readonly ErrorCode RunNotTrusted = new(
        "QG5040",
        "The pull request is not the one that the run tested",
        "Nothing is to be done when the pull request has newer commits: their own run reports. Otherwise look at what uploaded the artifact.");

    /// <summary>No pull request, or several.</summary>
    public static readonly ErrorCode PullRequestNotFound = new(
        "QG5041", "The pull request cannot be told", "Run on `pull_request` or `workflow_run`, or name the pull request's number.");
}
