using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Samples;

/// <summary>samples/quickstart of the checkout that the tests were built from.</summary>
internal static class QuickstartFolder
{
    public static string Root { get; } = Find();

    public static Manifest Manifest { get; } = Manifest.Parse(File.ReadAllText(PathOf(QualityGate.Samples.Generator.Manifest.FileName)));

    public static IEnumerable<ManifestEntry> Set(string name) =>
        Manifest.Images.Where(entry => entry.File.StartsWith(name + "/", StringComparison.Ordinal));

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static Raster Read(string file) => PngPixels.Decode(File.ReadAllBytes(PathOf(file)));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "QualityGate.sln"))) return Path.Combine(folder.FullName, "samples", "quickstart");
        }

        throw new DirectoryNotFoundException($"No QualityGate.sln above {AppContext.BaseDirectory}.");
    }
}
