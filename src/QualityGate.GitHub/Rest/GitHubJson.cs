using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace QualityGate.GitHub;

/// <summary>Reads and writes the records, by code made at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(IssueComment))]
[JsonSerializable(typeof(IssueComment[]))]
[JsonSerializable(typeof(RepositoryInfo))]
[JsonSerializable(typeof(PullRequest))]
[JsonSerializable(typeof(PullRequest[]))]
[JsonSerializable(typeof(WorkflowRun))]
[JsonSerializable(typeof(RunPage))]
[JsonSerializable(typeof(ArtifactPage))]
[JsonSerializable(typeof(CommentText))]
internal sealed partial class GitHubJson : JsonSerializerContext
{
    /// <summary>Reads an answer.</summary>
    /// <exception cref="GitHubException">It is something else, as when a proxy answers with its log-in page.</exception>
    public static T Read<T>(GitHubAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw Bad();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw Bad();
        }
    }

    private static GitHubException Bad() => new(GitHubErrorKind.BadAnswer, "GitHub's answer is not the JSON that was asked for.");
}
