using System.Text.Json.Nodes;

namespace QualityGate.Tests.GitHub;

/// <summary>What the server answers.</summary>
internal sealed record Answer(int Status, JsonNode? Json = null, byte[]? Bytes = null)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public static Answer Error(int status, string message, params (string Name, string Value)[] headers) =>
        new(status, new JsonObject { ["message"] = message, ["documentation_url"] = "https://docs.github.com/rest", ["status"] = $"{status}" })
        {
            Headers = headers.ToDictionary(h => h.Name, h => h.Value),
        };

    public static Answer Invalid(string message) =>
        new(422, new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray(new JsonObject { ["resource"] = "IssueComment", ["message"] = message }) });
}
