using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace QualityGate.Tests.GitHub;

/// <summary>The repository <c>octo/images</c> with its pull requests, runs, artifacts and comments, and the routes to them.</summary>
internal sealed partial class GitHubWorld
{
    public const string Repository = "octo/images";
    public const long RepositoryId = 42;
    public const long ForkId = 4242;
    public const string UserLogin = "olga";
    public const string Bot = "github-actions[bot]";
    public const string Signature = "signature-that-nobody-may-see";

    private readonly Lock _lock = new();
    private long _nextId = 1000;

    public List<JsonObject> Comments { get; } = [];

    public List<JsonObject> Pulls { get; } = [];

    public List<JsonObject> Runs { get; } = [];

    public List<JsonObject> Artifacts { get; } = [];

    public Dictionary<long, byte[]> Blobs { get; } = [];

    /// <summary>The token may only read, as those of forks.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Another place to send downloads to, or null.</summary>
    public string? DownloadLocation { get; set; }

    public JsonObject AddComment(string body, string login = Bot, string type = "Bot")
    {
        lock (_lock)
        {
            JsonObject comment = new()
            {
                ["id"] = _nextId++,
                ["body"] = body,
                ["user"] = new JsonObject { ["login"] = login, ["type"] = type },
                ["performed_via_github_app"] = null,
            };
            comment["html_url"] = $"https://github.com/{Repository}/pull/7#issuecomment-{comment["id"]}";
            Comments.Add(comment);
            return comment;
        }
    }

    public void AddPull(int number, string sha, string headRepository = Repository, string state = "open", string branch = "feature") => Pulls.Add(new()
    {
        ["number"] = (long)number,
        ["state"] = state,
        ["head"] = new JsonObject { ["ref"] = branch, ["sha"] = sha, ["repo"] = Repo(headRepository) },
        ["base"] = new JsonObject { ["ref"] = "main", ["sha"] = Sha('b'), ["repo"] = Repo(Repository) },
    });

    public void AddRun(long id, string branch, string started = "push", string conclusion = "success", string headRepository = Repository) => Runs.Add(new()
    {
        ["id"] = id,
        ["path"] = ".github/workflows/quality.yml",
        ["event"] = started,
        ["status"] = "completed",
        ["conclusion"] = conclusion,
        ["head_branch"] = branch,
        ["head_sha"] = Sha((char)('a' + (id % 6))),
        ["created_at"] = "2026-11-09T10:00:00Z",
        ["repository"] = Repo(Repository),
        ["head_repository"] = Repo(headRepository),
    });

    /// <summary>An artifact of a run that was added before.</summary>
    public void AddArtifact(long id, long runId, byte[] zip, string name = "qualitygate-baseline", bool expired = false, string? digest = null)
    {
        JsonObject run = Runs.Single(r => (long)r["id"]! == runId);
        Blobs[id] = zip;
        Artifacts.Add(new()
        {
            ["id"] = id,
            ["name"] = name,
            ["size_in_bytes"] = zip.Length,
            ["expired"] = expired,
            ["created_at"] = "2026-11-09T10:05:00Z",
            ["digest"] = digest ?? "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(zip)),
            ["workflow_run"] = new JsonObject
            {
                ["id"] = runId,
                ["repository_id"] = RepositoryId,
                ["head_repository_id"] = run["head_repository"]!["id"]!.DeepClone(),
                ["head_branch"] = run["head_branch"]!.DeepClone(),
                ["head_sha"] = run["head_sha"]!.DeepClone(),
            },
        });
    }

    public static string Sha(char digit) => new(digit, 40);

    /// <summary>The answer of the REST interface.</summary>
    public Answer Answer(HttpRequest request, JsonNode? body, GitHubServer server)
    {
        lock (_lock)
        {
            string path = request.Path.Value!.TrimStart('/');
            if (path == "user")
            {
                return request.Headers.Authorization == "Bearer " + GitHubServer.PersonsToken
                    ? new Answer(200, new JsonObject { ["login"] = UserLogin, ["type"] = "User" })
                    : Integration();
            }

            Match inside = InRepository().Match(path);
            return inside.Success ? Inside(request, inside.Groups[1].Value, body, server) : GitHub.Answer.Error(404, "Not Found");
        }
    }

    /// <summary>The bytes of an artifact.</summary>
    public Answer Blob(string path) => Blobs.TryGetValue(long.Parse(path.TrimStart('/'), CultureInfo.InvariantCulture), out byte[]? bytes)
        ? new Answer(200, Bytes: bytes)
        : GitHub.Answer.Error(404, "BlobNotFound");

    private Answer Inside(HttpRequest request, string route, JsonNode? body, GitHubServer server)
    {
        string first = request.Method + " " + Numbers().Replace(route, "/#").TrimStart('/');
        long[] ids = [.. Numbers().Matches(route).Select(m => long.Parse(m.ValueSpan[1..], CultureInfo.InvariantCulture))];
        return first switch
        {
            "GET " => new Answer(200, Repo(Repository)),
            "GET issues/#/comments" => Page(request, Comments),
            "POST issues/#/comments" => Write(body, text => new Answer(201, AddComment(text).DeepClone())),
            "PATCH issues/comments/#" => Write(body, text => Change(ids[0], text)),
            "GET pulls/#" => One(Pulls, "number", ids[0]),
            "GET pulls" => Page(request, Pulls.Where(p => $"{((string)p["head"]!["repo"]!["full_name"]!).Split('/')[0]}:{p["head"]!["ref"]}" == request.Query["head"])),
            "GET actions/runs/#" => One(Runs, "id", ids[0]),
            "GET actions/runs/#/artifacts" => Page(request, Named(request).Where(a => (long)a["workflow_run"]!["id"]! == ids[0]), "artifacts"),
            "GET actions/artifacts" => Page(request, Named(request), "artifacts"),
            "GET actions/artifacts/#/zip" => Zip(ids[0], server),
            "GET actions/workflows/quality.yml/runs" => Page(request, Runs.Where(r => Fits(r, request)), "workflow_runs"),
            _ when CommitPulls().Match(first) is { Success: true } match => Page(request, Pulls.Where(p => (string)p["head"]!["sha"]! == match.Groups[1].Value)),
            _ => GitHub.Answer.Error(404, "Not Found"),
        };
    }

    private Answer Write(JsonNode? body, Func<string, Answer> write)
    {
        if (ReadOnly)
        {
            return Integration();
        }

        return body is JsonObject { Count: 1 } given && given["body"] is JsonValue value && value.TryGetValue(out string? text)
            ? text.Length > 65_536 ? GitHub.Answer.Invalid("Body is too long (maximum is 65536 characters)") : write(text)
            : GitHub.Answer.Invalid("Only `body` is known here");
    }

    private Answer Change(long id, string text)
    {
        if (Comments.SingleOrDefault(c => (long)c["id"]! == id) is not { } comment)
        {
            return GitHub.Answer.Error(404, "Not Found");
        }

        comment["body"] = text;
        return new Answer(200, comment.DeepClone());
    }

    private Answer Zip(long id, GitHubServer server)
    {
        JsonObject? artifact = Artifacts.SingleOrDefault(a => (long)a["id"]! == id);
        return artifact switch
        {
            null => GitHub.Answer.Error(404, "Not Found"),
            _ when (bool)artifact["expired"]! => GitHub.Answer.Error(410, "Artifact has expired"),
            _ => new Answer(302) { Headers = { ["Location"] = DownloadLocation ?? $"{server.StorageUrl}{id}?sig={Signature}" } },
        };
    }

    private IEnumerable<JsonObject> Named(HttpRequest request) => Artifacts.Where(a => (string)a["name"]! == request.Query["name"]).OrderByDescending(a => (long)a["id"]!);

    private static bool Fits(JsonObject run, HttpRequest request) =>
        (string)run["head_branch"]! == request.Query["branch"]
        && (request.Query["event"].Count == 0 || request.Query["event"] == (string)run["event"]!)
        && (request.Query["status"].Count == 0 || request.Query["status"] == (string)run["status"]! || request.Query["status"] == (string)run["conclusion"]!);

    private static Answer One(List<JsonObject> list, string key, long value) =>
        list.SingleOrDefault(item => (long)item[key]! == value) is { } found ? new Answer(200, found.DeepClone()) : GitHub.Answer.Error(404, "Not Found");

    private static Answer Page(HttpRequest request, IEnumerable<JsonObject> items, string? key = null)
    {
        int size = request.Query["per_page"].Count > 0 ? int.Parse(request.Query["per_page"]!, CultureInfo.InvariantCulture) : 30;
        int page = request.Query["page"].Count > 0 ? int.Parse(request.Query["page"]!, CultureInfo.InvariantCulture) : 1;
        JsonObject[] all = [.. items];
        JsonArray shown = [.. all.Skip((page - 1) * size).Take(size).Select(item => item.DeepClone())];
        Answer answer = new(200, key is null ? shown : new JsonObject { ["total_count"] = all.Length, [key] = shown });
        if (page * size < all.Length)
        {
            string query = string.Join('&', request.Query.Where(q => q.Key != "page").Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value!)}"));
            string link = $"{request.Scheme}://{request.Host}{request.Path}?{query}&page=";
            answer.Headers["Link"] = $"<{link}{page + 1}>; rel=\"next\", <{link}{(all.Length + size - 1) / size}>; rel=\"last\"";
        }

        return answer;
    }

    private static JsonObject Repo(string name) => new()
    {
        ["id"] = name == Repository ? RepositoryId : ForkId,
        ["full_name"] = name,
        ["default_branch"] = "main",
    };

    private static Answer Integration() => GitHub.Answer.Error(403, "Resource not accessible by integration");

    [GeneratedRegex(@"^repos/octo/images(/.*)?$")]
    private static partial Regex InRepository();

    [GeneratedRegex(@"/\d+(?=/|$)")]
    private static partial Regex Numbers();

    [GeneratedRegex("^GET commits/([0-9a-f]{40})/pulls$")]
    private static partial Regex CommitPulls();
}
