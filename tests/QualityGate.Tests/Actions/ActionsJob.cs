using System.Diagnostics;
using System.Text.Json.Nodes;
using QualityGate.Tests.GitHub;

namespace QualityGate.Tests.Actions;

/// <summary>A job of GitHub Actions: a workspace, the variables that the runner sets, the event's file, and a tool that is installed already.</summary>
internal sealed class ActionsJob : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "qualitygate-job-" + Guid.NewGuid().ToString("N"));
    private int _steps;

    public ActionsJob(Uri api)
    {
        Directory.CreateDirectory(Workspace);
        Directory.CreateDirectory(Tools);
        string program = Path.Combine(Tools, "qualitygate");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "QualityGate.Tool.dll")}' \"$@\"\n");
        Process.Start("chmod", ["+x", program]).WaitForExit();
        Environment = new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_API_URL"] = api.ToString(),
            ["GITHUB_SERVER_URL"] = "https://github.example",
            ["GITHUB_REPOSITORY"] = GitHubWorld.Repository,
            ["GITHUB_RUN_ID"] = "500",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_WORKSPACE"] = Workspace,
            ["RUNNER_TEMP"] = Path.Combine(_root, "temp"),
            ["XDG_CACHE_HOME"] = Path.Combine(_root, "cache"),
            ["NO_PROXY"] = "127.0.0.1,localhost",
            ["NO_COLOR"] = "1",
        };
    }

    /// <summary>Where the repository is checked out.</summary>
    public string Workspace => Path.Combine(_root, "work space");

    /// <summary>A folder with the tool, for the input <c>tool-path</c>.</summary>
    public string Tools => Path.Combine(_root, "tools");

    /// <summary>What the runner sets.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>The job's token.</summary>
    public string Token { get; set; } = GitHubServer.Token;

    /// <summary>What other actions answer.</summary>
    public Func<string, Dictionary<string, string>, Dictionary<string, string>> Use { get; set; } = (_, _) => [];

    /// <summary>What steps wrote for people.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>The job of a pull request.</summary>
    public void PullRequest(int number, string sha, string headRepository = GitHubWorld.Repository, string branch = "feature") => Event("pull_request", new JsonObject
    {
        ["pull_request"] = new JsonObject
        {
            ["number"] = number,
            ["head"] = new JsonObject { ["sha"] = sha, ["ref"] = branch, ["repo"] = new JsonObject { ["full_name"] = headRepository } },
            ["base"] = new JsonObject { ["ref"] = "main", ["sha"] = GitHubWorld.Sha('b'), ["repo"] = new JsonObject { ["full_name"] = GitHubWorld.Repository } },
        },
        ["repository"] = new JsonObject { ["id"] = GitHubWorld.RepositoryId, ["default_branch"] = "main", ["full_name"] = GitHubWorld.Repository },
    }, ("GITHUB_HEAD_REF", branch), ("GITHUB_BASE_REF", "main"), ("GITHUB_REF_NAME", $"{number}/merge"), ("GITHUB_SHA", GitHubWorld.Sha('f')));

    /// <summary>The job of a push.</summary>
    public void Push(string branch) => Event(
        "push",
        new JsonObject { ["repository"] = new JsonObject { ["id"] = GitHubWorld.RepositoryId, ["default_branch"] = "main", ["full_name"] = GitHubWorld.Repository } },
        ("GITHUB_REF_NAME", branch), ("GITHUB_SHA", GitHubWorld.Sha('c')));

    /// <summary>A job that the end of another run starts.</summary>
    public void WorkflowRun(long run, string sha, string headRepository, string branch) => Event("workflow_run", new JsonObject
    {
        ["workflow_run"] = new JsonObject
        {
            ["id"] = run,
            ["head_sha"] = sha,
            ["head_branch"] = branch,
            ["event"] = "pull_request",
            ["conclusion"] = "failure",
            ["head_repository"] = new JsonObject { ["full_name"] = headRepository, ["id"] = GitHubWorld.ForkId },
        },
        ["repository"] = new JsonObject { ["id"] = GitHubWorld.RepositoryId, ["default_branch"] = "main", ["full_name"] = GitHubWorld.Repository },
    }, ("GITHUB_REF_NAME", "main"), ("GITHUB_SHA", GitHubWorld.Sha('d')));

    /// <summary>Runs a script as a step: its exit code, what it printed, its outputs.</summary>
    public (int ExitCode, string Log, Dictionary<string, string> Outputs) Bash(string script, string actionFolder, Dictionary<string, string> environment)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, "step" + _steps++)).FullName;
        string output = Path.Combine(folder, "output"), summary = Path.Combine(folder, "summary"), file = Path.Combine(folder, "run.sh");
        File.WriteAllText(output, "");
        File.WriteAllText(summary, "");
        File.WriteAllText(file, script);
        ProcessStartInfo start = new("bash") { WorkingDirectory = Workspace, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "--noprofile", "--norc", "-eo", "pipefail", file })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("GITHUB_", StringComparison.Ordinal) || k.StartsWith("QUALITYGATE_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in Environment.Concat(environment))
        {
            start.Environment[name] = value;
        }

        start.Environment["GITHUB_ACTION_PATH"] = actionFolder;
        start.Environment["GITHUB_OUTPUT"] = output;
        start.Environment["GITHUB_STEP_SUMMARY"] = summary;
        Directory.CreateDirectory(Environment["RUNNER_TEMP"]);
        using Process process = Process.Start(start)!;
        Task<string> printed = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Summary += File.ReadAllText(summary);
        string log = printed.Result + error.Result;
        GitHubFixture.AssertHidden(log, Summary, File.ReadAllText(output));
        return (process.ExitCode, log, OutputsIn(File.ReadAllLines(output)));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static Dictionary<string, string> OutputsIn(string[] lines)
    {
        Dictionary<string, string> outputs = [];
        for (int i = 0; i < lines.Length; i++)
        {
            int equals = lines[i].IndexOf('=', StringComparison.Ordinal), begins = lines[i].IndexOf("<<", StringComparison.Ordinal);
            if (begins > 0 && (equals < 0 || begins < equals))
            {
                string name = lines[i][..begins], end = lines[i][(begins + 2)..];
                int last = Array.IndexOf(lines, end, i + 1);
                outputs[name] = string.Join('\n', lines[(i + 1)..last]);
                i = last;
            }
            else if (lines[i].Length > 0)
            {
                Assert.True(equals > 0, lines[i]);
                outputs[lines[i][..equals]] = lines[i][(equals + 1)..];
            }
        }

        return outputs;
    }

    private void Event(string name, JsonObject payload, params (string Name, string Value)[] variables)
    {
        string file = Path.Combine(_root, "event.json");
        File.WriteAllText(file, payload.ToJsonString());
        Environment["GITHUB_EVENT_NAME"] = name;
        Environment["GITHUB_EVENT_PATH"] = file;
        foreach (string variable in new[] { "GITHUB_HEAD_REF", "GITHUB_BASE_REF" })
        {
            Environment.Remove(variable);
        }

        foreach ((string variable, string value) in variables)
        {
            Environment[variable] = value;
        }
    }
}
