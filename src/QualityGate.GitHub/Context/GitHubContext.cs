using System.Globalization;
using QualityGate.Errors;

namespace QualityGate.GitHub;

/// <summary>Where the job runs and for whom, as GitHub Actions tells it in the environment and the event file.</summary>
internal sealed record GitHubContext
{
    /// <summary>The REST interface; ends in a slash. <c>/api/v3/</c> on a server of one's own.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.github.com/");

    /// <summary>Where people look; ends in a slash.</summary>
    public Uri ServerUrl { get; init; } = new("https://github.com/");

    /// <summary>The repository that the job belongs to.</summary>
    public required RepositoryName Repository { get; init; }

    /// <summary>The token, or null.</summary>
    public GitHubToken? Token { get; init; }

    /// <summary>Who writes the comments when it is neither a person nor <c>github-actions[bot]</c>: <c>NAME[bot]</c> of an app of one's own.</summary>
    public string? CommentAuthor { get; init; }

    /// <summary>What started the job, such as <c>pull_request</c>.</summary>
    public string? EventName { get; init; }

    /// <summary>Its payload.</summary>
    public GitHubEvent Event { get; init; } = GitHubEvent.None;

    /// <summary>The run.</summary>
    public long? RunId { get; init; }

    /// <summary>How often the run was started, from 1.</summary>
    public int RunAttempt { get; init; } = 1;

    /// <summary>The running workflow's file, such as <c>quality.yml</c>.</summary>
    public string? WorkflowFile { get; init; }

    /// <summary>The checked-out commit: on <c>pull_request</c> the merge commit. Statuses and comments want <see cref="HeadSha"/>.</summary>
    public string? Sha { get; init; }

    /// <summary>The pull request's branch, on events of pull requests.</summary>
    public string? HeadRef { get; init; }

    /// <summary>The branch that a pull request goes to.</summary>
    public string? BaseRef { get; init; }

    /// <summary>The branch or tag; <c>N/merge</c> on pull requests.</summary>
    public string? RefName { get; init; }

    /// <summary>Who started the job.</summary>
    public string? Actor { get; init; }

    /// <summary>The pull request, when the event has one. For <c>workflow_run</c> ask <see cref="WorkflowRunTrust"/>.</summary>
    public int? PullRequestNumber => Event.PullRequestNumber;

    /// <summary>The commit that people pushed: never the merge commit that GitHub makes for a pull request.</summary>
    public string? HeadSha => Event.HeadSha ?? Event.WorkflowRun?.HeadSha ?? Sha;

    /// <summary>Whether the commit comes from another repository. A fork that was deleted is one too.</summary>
    public bool IsFork => Event.HasPullRequest
        ? !Repository.Is(Event.HeadRepository)
        : Event.WorkflowRun is { } run && !Repository.Is(run.HeadRepository);

    /// <summary>Whether GitHub gives this job a token that may only read, whatever <c>permissions:</c> says: pull requests of forks and of Dependabot.</summary>
    public bool HasReadOnlyToken =>
        EventName is "pull_request" or "pull_request_review" or "pull_request_review_comment" && (IsFork || Actor == "dependabot[bot]");

    /// <summary>The page of the run, or null outside one.</summary>
    public Uri? RunLink => RunId is long id
        ? new Uri(ServerUrl, string.Create(CultureInfo.InvariantCulture, $"{Repository}/actions/runs/{id}{(RunAttempt > 1 ? $"/attempts/{RunAttempt}" : "")}"))
        : null;

    /// <summary>Reads the environment and the event file.</summary>
    /// <param name="environment">Gives a variable's value or null.</param>
    /// <param name="repository"><c>owner/name</c> in place of <c>GITHUB_REPOSITORY</c>.</param>
    /// <exception cref="UserErrorException">QG5020, QG5021: a variable or the event file is wrong.</exception>
    public static GitHubContext Read(Func<string, string?> environment, string? repository = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;
        return new GitHubContext
        {
            ApiUrl = ServiceAddress.Parse(Variable("GITHUB_API_URL") ?? "https://api.github.com", "GITHUB_API_URL"),
            ServerUrl = ServiceAddress.Parse(Variable("GITHUB_SERVER_URL") ?? "https://github.com", "GITHUB_SERVER_URL"),
            Repository = RepositoryName.Parse(repository ?? Variable("GITHUB_REPOSITORY")),
            Token = GitHubToken.Of(Variable("GITHUB_TOKEN") ?? Variable("GH_TOKEN")),
            CommentAuthor = Variable("QUALITYGATE_COMMENT_AUTHOR"),
            EventName = Variable("GITHUB_EVENT_NAME"),
            Event = GitHubEvent.Read(Variable("GITHUB_EVENT_PATH")),
            RunId = Number(Variable("GITHUB_RUN_ID")),
            RunAttempt = (int)(Number(Variable("GITHUB_RUN_ATTEMPT")) is long attempt and <= int.MaxValue ? attempt : 1),
            WorkflowFile = FileOfWorkflow(Variable("GITHUB_WORKFLOW_REF")),
            Sha = Variable("GITHUB_SHA") is string sha && CommitText.Is(sha) ? sha : null,
            HeadRef = Variable("GITHUB_HEAD_REF"),
            BaseRef = Variable("GITHUB_BASE_REF"),
            RefName = Variable("GITHUB_REF_NAME"),
            Actor = Variable("GITHUB_ACTOR"),
        };
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number : null;

    // owner/name/.github/workflows/quality.yml@refs/heads/main; a branch may hold @ and / too.
    private static string? FileOfWorkflow(string? reference)
    {
        const string Folder = ".github/workflows/";
        int start = reference?.IndexOf(Folder, StringComparison.Ordinal) ?? -1;
        return start < 0 ? null : reference![(start + Folder.Length)..].Split('@')[0] is { Length: > 0 } file ? file : null;
    }
}
