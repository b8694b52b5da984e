using System.Diagnostics;

namespace QualityGate.Tests.Packaging;

/// <summary>The tool as a user gets it: packed once, then installed from the folder of packages, in a home of its own.</summary>
public sealed class PackedTool : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "qualitygate-pack-" + Guid.NewGuid().ToString("N"));

    public PackedTool()
    {
        Directory.CreateDirectory(Elsewhere);
        // Outputs of their own: the build that these tests run from stays as it is.
        Answer packed = Dotnet(
            RepositoryFiles.Root, "pack", RepositoryFiles.At("src", "QualityGate.Tool"), "-c", "Release", "--artifacts-path", Path.Combine(_root, "artifacts"),
            "-p:PackageOutputPath=" + Packages, "-p:Version=" + Version, "-v", "quiet", "-m:1");
        Assert.True(packed.ExitCode == 0, packed.Text);
    }

    /// <summary>What a command printed and answered.</summary>
    public sealed record Answer(int ExitCode, string Text);

    /// <summary>A version that no package cache can know.</summary>
    public string Version { get; } = $"0.0.1-test.{Environment.ProcessId}.{Environment.TickCount64}";

    /// <summary>The folder of packages.</summary>
    public string Packages => Path.Combine(_root, "packages");

    /// <summary>A folder far from the repository.</summary>
    public string Elsewhere => Path.Combine(_root, "elsewhere");

    /// <summary>Where global tools of this home lie.</summary>
    public string GlobalTools => Path.Combine(_root, "home", ".dotnet", "tools");

    /// <summary>Runs the SDK.</summary>
    public Answer Dotnet(string folder, params string[] arguments) => Run("dotnet", folder, arguments, Environment.GetEnvironmentVariable("PATH")!);

    /// <summary>Runs a program.</summary>
    /// <param name="program">Its path or name.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="path">Its PATH.</param>
    public Answer Run(string program, string folder, string[] arguments, string path)
    {
        ProcessStartInfo start = new(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_CLI_HOME"] = Path.Combine(_root, "home");
        start.Environment["NUGET_PACKAGES"] = GlobalPackages();
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_root, "cache");
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath);
        start.Environment["PATH"] = path;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new Answer(process.ExitCode, output.Result + error.Result);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // Packages fetched for the build serve here too.
    private static string GlobalPackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
