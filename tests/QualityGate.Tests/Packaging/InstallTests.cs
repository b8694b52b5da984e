using System.IO.Compression;

namespace QualityGate.Tests.Packaging;

public sealed class InstallTests(PackedTool tool) : IClassFixture<PackedTool>
{
    private static readonly string[] CheckQuickstart = ["check", RepositoryFiles.At("samples", "quickstart", "qualitygate.yaml")];

    [Fact]
    public void The_package_carries_its_native_libraries()
    {
        string package = Assert.Single(Directory.GetFiles(tool.Packages, "QualityGate.Tool.*-*.nupkg"), name => new FileInfo(name).Length > 1_000_000);
        using ZipArchive archive = ZipFile.OpenRead(package);
        string[] natives = [.. archive.Entries.Select(e => e.FullName).Where(n => n.Contains("/runtimes/", StringComparison.Ordinal)).Select(n => Path.GetFileName(n))];
        Assert.Contains(natives, name => name.StartsWith("libonnxruntime.", StringComparison.Ordinal));
        Assert.Contains(natives, name => name.StartsWith("libvips.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_global_install_runs_anywhere_without_Node()
    {
        PackedTool.Answer installed = tool.Dotnet(
            tool.Elsewhere, "tool", "install", "--global", "--add-source", tool.Packages, "QualityGate.Tool", "--version", tool.Version);
        Assert.True(installed.ExitCode == 0, installed.Text);
        string program = Path.Combine(tool.GlobalTools, OperatingSystem.IsWindows() ? "qualitygate.exe" : "qualitygate");
        PackedTool.Answer checkedSample = tool.Run(program, tool.Elsewhere, CheckQuickstart, tool.GlobalTools);
        Assert.True(checkedSample.ExitCode == 0, checkedSample.Text);
        Assert.Contains("PASS: 5 gates", checkedSample.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_manifest_install_runs_in_its_folder()
    {
        string project = Directory.CreateDirectory(Path.Combine(tool.Elsewhere, "project")).FullName;
        Assert.Equal(0, tool.Dotnet(project, "new", "tool-manifest").ExitCode);
        PackedTool.Answer installed = tool.Dotnet(
            project, "tool", "install", "--local", "--add-source", tool.Packages, "QualityGate.Tool", "--version", tool.Version);
        Assert.True(installed.ExitCode == 0, installed.Text);
        PackedTool.Answer version = tool.Dotnet(project, "tool", "run", "qualitygate", "--", "--version");
        Assert.StartsWith(tool.Version, version.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_action_installs_the_package_of_its_version_and_says_where()
    {
        string output = Path.Combine(tool.Elsewhere, "output"), paths = Path.Combine(tool.Elsewhere, "paths");
        Directory.CreateDirectory(tool.Elsewhere);
        PackedTool.Answer Install(string version, string install) => tool.Run(
            "env",
            tool.Elsewhere,
            [
                "-u", "GITHUB_TOKEN", $"RUNNER_TEMP={Path.Combine(tool.Elsewhere, "temp")}", $"GITHUB_OUTPUT={output}", $"GITHUB_PATH={paths}", $"QG_SOURCE={tool.Packages}", $"QG_VERSION={version}", $"QG_INSTALL={install}",
                "bash", RepositoryFiles.At("action", "install.sh"),
            ],
            Environment.GetEnvironmentVariable("PATH")!);

        PackedTool.Answer installed = Install(tool.Version, "package");
        Assert.True(installed.ExitCode == 0, installed.Text);
        Assert.Contains(tool.Version, installed.Text, StringComparison.Ordinal);
        string command = File.ReadAllText(output).Trim()["command=".Length..];
        Assert.StartsWith(tool.Version, tool.Run(command, tool.Elsewhere, ["--version"], Environment.GetEnvironmentVariable("PATH")!).Text, StringComparison.Ordinal);
        Assert.Equal(Path.GetDirectoryName(command), File.ReadAllText(paths).Trim());

        Assert.NotEqual(0, Install("0.0.0-none", "package").ExitCode);
        PackedTool.Answer wrong = Install(tool.Version + "x", "sometimes");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("::error title=QualityGate::install must be", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_action_s_own_version_is_the_repository_s()
    {
        string props = File.ReadAllText(RepositoryFiles.At("Directory.Build.props"));
        Assert.Matches(@"<Version>\d+\.\d+\.\d+</Version>", props);
        Assert.Contains("s:.*<Version>([^<]+)</Version>.*:", File.ReadAllText(RepositoryFiles.At("action", "install.sh")), StringComparison.Ordinal);
    }
}
