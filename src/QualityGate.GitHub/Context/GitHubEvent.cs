using System.Text.Json;
using QualityGate.Errors;

namespace QualityGate.GitHub;

/// <summary>What the event that started the job says. Everything may be missing.</summary>
internal sealed record GitHubEvent
{
    /// <summary>GitHub's own limit for payloads of webhooks.</summary>
    public const long MaximumBytes = 25L << 20;

    /// <summary>Nothing is known.</summary>
    public static GitHubEvent None { get; } = new();

    /// <summary>The pull request of a pull request's event, or of a comment on one.</summary>
    public int? PullRequestNumber { get; init; }

    /// <summary>The pull request's newest commit, which is not the merge commit that the job tests.</summary>
    public string? HeadSha { get; init; }

    /// <summary>The repository a pull request comes from; null when it was deleted.</summary>
    public string? HeadRepository { get; init; }

    /// <summary>The branch a pull request goes to.</summary>
    public string? BaseRef { get; init; }

    /// <summary>That branch's commit at the time of the event.</summary>
    public string? BaseSha { get; init; }

    /// <summary>Whether the event has a pull request with a head.</summary>
    public bool HasPullRequest { get; init; }

    /// <summary>The repository's default branch.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>The repository's number.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>The run whose end started this job.</summary>
    public EventWorkflowRun? WorkflowRun { get; init; }

    /// <summary>Reads an event file; <see cref="None"/> without a path.</summary>
    /// <exception cref="UserErrorException">QG5021: it is missing, too large or no JSON.</exception>
    public static GitHubEvent Read(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return None;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MaximumBytes)
            {
                throw Unreadable(path, $"it is larger than {MaximumBytes >> 20} MB");
            }

            using JsonDocument document = JsonDocument.Parse(stream);
            return Of(document.RootElement);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, exception.Message.TrimEnd('.'));
        }
        catch (JsonException)
        {
            throw Unreadable(path, "it is not JSON");
        }
    }

    private static GitHubEvent Of(JsonElement root) => new()
    {
        HasPullRequest = root.At("pull_request", "head") is not null,
        PullRequestNumber = root.SmallNumber("pull_request", "number")
            ?? (root.At("issue", "pull_request") is { ValueKind: JsonValueKind.Object } ? root.SmallNumber("issue", "number") : null),
        HeadSha = root.Commit("pull_request", "head", "sha"),
        HeadRepository = root.Text("pull_request", "head", "repo", "full_name"),
        BaseRef = root.Text("pull_request", "base", "ref"),
        BaseSha = root.Commit("pull_request", "base", "sha"),
        DefaultBranch = root.Text("repository", "default_branch"),
        RepositoryId = root.Number("repository", "id"),
        WorkflowRun = root.At("workflow_run") is { ValueKind: JsonValueKind.Object } run ? EventWorkflowRun.Of(run) : null,
    };

    private static UserErrorException Unreadable(string path, string reason) =>
        new(PublishErrors.EventUnreadable, $"The event file {path} cannot be read: {reason}.");
}
