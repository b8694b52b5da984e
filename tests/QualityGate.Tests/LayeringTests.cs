using System.Text.RegularExpressions;

namespace QualityGate.Tests;

public sealed partial class LayeringTests
{
    // Each folder may use those before it. Errors and Specs are plain data that all may read.
    private static readonly string[] Order =
        ["Errors", "Specs", "Numerics", "Images", "Features", "Metrics", "Backgrounds", "Anomaly", "MetricLearning", "Studies", "Baselines", "Gates", "Reports", "Calibration", "SelfTest"];

    [Fact]
    public void Inside_the_library_each_folder_uses_only_those_before_it()
    {
        List<string> breaches = [];
        for (int i = 0; i < Order.Length; i++)
        {
            string folder = RepositoryFiles.At("src", "QualityGate", Order[i]);
            foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                foreach (Match use in Uses().Matches(File.ReadAllText(file)))
                {
                    int used = Array.IndexOf(Order, use.Groups[1].Value);
                    if (used > i)
                    {
                        breaches.Add($"{Path.GetRelativePath(RepositoryFiles.Root, file)} uses {use.Groups[1].Value}");
                    }
                }
            }
        }

        Assert.Empty(breaches);
    }

    [Theory]
    [InlineData("Microsoft.ML.OnnxRuntime", "Numerics/Engine", "Features/Extractors", "Anomaly/Search", "RuntimeVersions.cs")]
    [InlineData("YamlDotNet", "Specs")]
    [InlineData("HttpClient")]
    [InlineData("LibraryImport", "Images/Vips", "Features/Files/FileMapping.cs")]
    public void A_heavy_dependency_is_named_in_its_own_place_only(string name, params string[] places)
    {
        string library = RepositoryFiles.At("src", "QualityGate");
        string[] strangers =
        [
            .. Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(file).Contains(name, StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(library, file).Replace('\\', '/'))
                .Where(file => !places.Any(place => file.StartsWith(place, StringComparison.Ordinal))),
        ];
        Assert.Empty(strangers);
    }

    [Fact]
    public void No_build_output_is_kept_in_the_repository()
    {
        using System.Diagnostics.Process git = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("git", ["-C", RepositoryFiles.Root, "ls-files"]) { RedirectStandardOutput = true })!;
        string[] files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.True(git.ExitCode != 0 || files.Length > 100);
        Assert.DoesNotContain(files, f => Path.GetExtension(f) is ".dll" or ".so" or ".dylib" or ".pdb" or ".exe" or ".nupkg");
    }

    [GeneratedRegex(@"^using QualityGate\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
