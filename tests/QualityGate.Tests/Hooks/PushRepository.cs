using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;

namespace QualityGate.Tests.Hooks;

/// <summary>A repository with a bare remote beside it, and a git that knows no settings but its own.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PushRepository : IDisposable
{
    /// <summary>How hooks start the tool that is tested.</summary>
    public static readonly string Command = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "QualityGate.Tool.dll")}'";

    private readonly string _top = Directory.CreateTempSubdirectory("qualitygate-hook-").FullName;
    private readonly Dictionary<string, string> _variables = [];

    public PushRepository()
    {
        Root = Path.Combine(_top, "work");
        Directory.CreateDirectory(Root);
        Remote = Path.Combine(_top, "remote.git");
        Require(Git("init", "-q", "--bare", "-b", "main", Remote));
        Require(Git("init", "-q", "-b", "main"));
        Require(Git("remote", "add", "origin", Remote));
    }

    public string Root { get; }

    public string Remote { get; }

    public string Hook => Path.Combine(Root, ".git", "hooks", "pre-push");

    public sealed record Answer(int ExitCode, string Output, string Error)
    {
        public string All => Output + Error;
    }

    /// <summary>A repository with a spec on two feature files, pushed, and a hook.</summary>
    public static PushRepository WithGate(string? hook = null)
    {
        PushRepository repository = new();
        repository.WriteSpec("qualitygate.yaml", "reference.npy", "candidate.npy");
        repository.WriteFeatures("reference.npy", 0);
        repository.WriteFeatures("candidate.npy", 0);
        repository.Commit("all");
        Require(repository.Git("push", "-q", "-u", "origin", "main"));
        if (hook is not null)
        {
            repository.WriteHook(hook);
        }

        Require(repository.Install());
        return repository;
    }

    public void WriteSpec(string name, string reference, string candidate) => Write(name, $$"""
        version: 1
        reference: {{reference}}
        candidate: {{candidate}}
        gates:
          coverage: { min: 0.5 }

        """);

    /// <summary>40 rows of 4 features; moved far away, none of them is near one that was not.</summary>
    public void WriteFeatures(string name, float moved)
    {
        const int rows = 40, width = 4;
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {width}), }}".PadRight(117) + "\n";
        using MemoryStream file = new();
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
        file.Write(Encoding.ASCII.GetBytes(header));
        for (int i = 0; i < rows * width; i++)
        {
            file.Write(BitConverter.GetBytes((float)Math.Sin(i * 12.9898) + moved));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, name))!);
        File.WriteAllBytes(Path.Combine(Root, name), file.ToArray());
    }

    public void Write(string name, string text)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void WriteHook(string text) => WriteHook(Encoding.Latin1.GetBytes(text));

    public void WriteHook(byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Hook)!);
        File.WriteAllBytes(Hook, content);
        File.SetUnixFileMode(Hook, (UnixFileMode)0b111_101_000);
    }

    public void Commit(string message)
    {
        Require(Git("add", "-A"));
        Require(Git("commit", "-q", "-m", message));
    }

    /// <summary>Commits a candidate that passes or fails.</summary>
    public void CommitCandidate(float moved)
    {
        WriteFeatures("candidate.npy", moved);
        Commit(string.Create(CultureInfo.InvariantCulture, $"candidate {moved}"));
    }

    public void Set(string variable, string value) => _variables[variable] = value;

    public Answer Install(params string[] options) => Tool(["hook", "install", "--command", Command, .. options]);

    public Answer Push(params string[] arguments) => Git(["push", .. arguments.Length == 0 ? ["origin", "HEAD"] : arguments]);

    public Answer Git(params string[] arguments) => Run(Root, "git", arguments);

    public Answer GitIn(string folder, params string[] arguments) => Run(Path.Combine(_top, folder), "git", arguments);

    public Answer Tool(params string[] arguments) => ToolIn("work", arguments);

    public Answer ToolIn(string folder, params string[] arguments) => ToolReading(folder, null, arguments);

    public Answer ToolReading(string folder, string? input, params string[] arguments) =>
        Run(Path.Combine(_top, folder), "dotnet", [Path.Combine(AppContext.BaseDirectory, "QualityGate.Tool.dll"), .. arguments], input);

    public string Line(params string[] arguments) => Git(arguments).Output.Trim();

    public void Dispose() => Directory.Delete(_top, recursive: true);

    public static void Require(Answer answer) => Assert.True(answer.ExitCode == 0, answer.All);

    private Answer Run(string folder, string program, string[] arguments, string? input = null)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (string inherited in start.Environment.Keys.Where(k => k.StartsWith("GIT_", StringComparison.Ordinal) || k == "QUALITYGATE_SKIP").ToArray())
        {
            start.Environment.Remove(inherited);
        }

        Dictionary<string, string> own = new()
        {
            ["HOME"] = _top,
            ["XDG_CONFIG_HOME"] = _top,
            ["XDG_CACHE_HOME"] = Path.Combine(_top, "cache"),
            ["NO_COLOR"] = "1",
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_AUTHOR_NAME"] = "A",
            ["GIT_AUTHOR_EMAIL"] = "a@example.com",
            ["GIT_COMMITTER_NAME"] = "A",
            ["GIT_COMMITTER_EMAIL"] = "a@example.com",
        };
        foreach ((string name, string value) in own.Concat(_variables))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new Answer(process.ExitCode, output.Result, error.Result);
    }
}
