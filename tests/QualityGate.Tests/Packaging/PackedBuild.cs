using System.Diagnostics;

namespace QualityGate.Tests.Packaging;

/// <summary>The MSBuild package as a user gets it: packed once into a folder that is the only source of packages.</summary>
public sealed class PackedBuild : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "qualitygate-msbuild-" + Guid.NewGuid().ToString("N"));

    public PackedBuild()
    {
        Directory.CreateDirectory(_root);
        (int exitCode, string text) = Dotnet(
            RepositoryFiles.Root, "pack", RepositoryFiles.At("src", "QualityGate.MSBuild"), "-c", "Release", "--artifacts-path", Path.Combine(_root, "artifacts"),
            "-p:PackageOutputPath=" + Packages, "-p:Version=" + Version, "-v", "quiet", "-m:1");
        Assert.True(exitCode == 0, text);
    }

    /// <summary>A version that no package cache can know.</summary>
    public string Version { get; } = $"0.0.1-test.{Environment.ProcessId}.{Environment.TickCount64}";

    /// <summary>The folder of packages.</summary>
    public string Packages => Path.Combine(_root, "packages");

    /// <summary>A folder of its own, with blanks and other letters in its path.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, "프로젝트 " + Guid.NewGuid().ToString("N")[..8])).FullName;

    /// <summary>Runs the SDK.</summary>
    public (int ExitCode, string Text) Dotnet(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Test hosts set variables of MSBuild that would send a build elsewhere.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment.Remove("QUALITYGATE_SKIP");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_root, "cache");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (folder != RepositoryFiles.Root)
        {
            start.Environment["NUGET_PACKAGES"] = Path.Combine(_root, "nuget");
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
