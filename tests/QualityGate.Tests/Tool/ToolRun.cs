using System.Diagnostics;

namespace QualityGate.Tests.Tool;

/// <summary>The command line as a user starts it: a process of its own, in a folder of its own, with a cache and a store of its own.</summary>
internal sealed class ToolRun : IDisposable
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "QualityGate.Tool.dll");

    public ToolRun() => Directory.CreateDirectory(Folder);

    /// <summary>Where commands run.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "qualitygate-tests-" + Guid.NewGuid().ToString("N"));

    /// <summary>Variables of the environment besides those of the test; null takes one away.</summary>
    public Dictionary<string, string?> Environment { get; } = new() { ["NO_COLOR"] = "1" };

    /// <summary>What was printed and answered.</summary>
    public sealed record Answer(int ExitCode, string Output, string Error);

    /// <summary>Runs one command to its end.</summary>
    public Answer Run(params string[] arguments) => RunAt(Assembly, arguments);

    /// <summary>Runs one command of another copy of the tool to its end.</summary>
    public Answer RunAt(string assembly, params string[] arguments)
    {
        using Process process = StartAt(assembly, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new Answer(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts one command.</summary>
    public Process Start(params string[] arguments) => StartAt(Assembly, arguments);

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static bool IsOfBuildServer(string name) =>
        name is "CI" or "TF_BUILD" or "TEAMCITY_VERSION" or "GH_TOKEN"
        || name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("CI_", StringComparison.Ordinal) || name.StartsWith("GITLAB_", StringComparison.Ordinal)
        || name.StartsWith("BUILD_", StringComparison.Ordinal) || name.StartsWith("QUALITYGATE_", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Process StartAt(string assembly, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(assembly);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The tests may run on a build server themselves.
        foreach (string name in start.Environment.Keys.Where(IsOfBuildServer).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Folder, "cache-home");
        start.Environment["QUALITYGATE_HOME"] = Path.Combine(Folder, "store-home");
        foreach ((string name, string? value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
