using System.Text.Json;

namespace QualityGate.GitHub;

/// <summary>The finished run that a <c>workflow_run</c> event tells of. GitHub wrote it, so unlike the run's artifacts it can be trusted.</summary>
internal sealed record EventWorkflowRun
{
    /// <summary>The run.</summary>
    public long? Id { get; init; }

    /// <summary>The commit that was tested: a pull request's head, not its merge commit.</summary>
    public string? HeadSha { get; init; }

    /// <summary>The branch in the repository it comes from.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>The repository it comes from, another one for forks.</summary>
    public string? HeadRepository { get; init; }

    /// <summary>What started that run.</summary>
    public string? Event { get; init; }

    /// <summary>How it ended. A failed gate ends with <c>failure</c> and is published like others.</summary>
    public string? Conclusion { get; init; }

    /// <summary>Its pull requests; always empty for forks.</summary>
    public IReadOnlyList<int> PullRequests { get; init; } = [];

    /// <summary>Reads the event's part.</summary>
    public static EventWorkflowRun Of(JsonElement run) => new()
    {
        Id = run.Number("id"),
        HeadSha = run.Commit("head_sha"),
        HeadBranch = run.Text("head_branch"),
        HeadRepository = run.Text("head_repository", "full_name"),
        Event = run.Text("event"),
        Conclusion = run.Text("conclusion"),
        PullRequests = run.At("pull_requests") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(item => item.SmallNumber("number")).OfType<int>()]
            : [],
    };
}
