using System.Text.Json;
using QualityGate.Samples.Generator;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Samples;

public sealed class BackgroundSampleTests
{
    private static readonly string Sample = RepositoryFiles.At("samples", "background");

    [Fact]
    public void The_committed_files_are_what_the_generator_draws()
    {
        List<string> known = [];
        foreach (LinkedImage image in LinkedPlan.Draw())
        {
            (Raster picture, Raster mask) = image.Scene.Draw();
            Assert.Equal((image.File, picture.Fingerprint()), (image.File, Read(image.File)));
            Assert.Equal((image.MaskFile, mask.Fingerprint()), (image.MaskFile, Read(image.MaskFile)));
            known.AddRange([image.File, image.MaskFile]);
        }

        string[] found = [.. Directory.EnumerateFiles(Sample, "*.png", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Sample, path).Replace('\\', '/')).Where(path => !path.StartsWith("qualitygate-out", StringComparison.Ordinal))];
        Assert.Equal(known.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.InRange(found.Sum(file => new FileInfo(Path.Combine(Sample, file)).Length), 1, 1_500_000);
    }

    [Fact]
    public void Planted_classes_are_in_both_halves_of_the_names()
    {
        Assert.Equal(LinkedPlan.Classes.Order(StringComparer.Ordinal), LinkedPlan.Classes);
        string[] first = [.. LinkedPlan.Classes.Take(LinkedPlan.Classes.Count / 2)];
        Assert.Equal((2, 2), (LinkedPlan.Planted.Count(first.Contains), LinkedPlan.Planted.Count(name => !first.Contains(name))));
    }

    [Fact]
    public void The_check_fails_and_the_audit_flags_exactly_the_planted_classes()
    {
        using ToolRun tool = new();
        string spec = Path.Combine(Sample, "qualitygate.yaml"), cache = Path.Combine(tool.Folder, "cache");
        ToolRun.Answer check = tool.Run("check", spec, "--cache", cache);
        Assert.True(check.ExitCode == 1, check.Output + check.Error);
        Assert.Contains("biased_classes is 4, above the limit 0 (max)", check.Output, StringComparison.Ordinal);
        Assert.Contains("FAIL: 2 of 4 gates breached", check.Output, StringComparison.Ordinal);
        Assert.Contains("background_gap is 0.1", check.Output, StringComparison.Ordinal);

        ToolRun.Answer audit = tool.Run("audit", "background", spec, "--cache", cache);
        Assert.True(audit.ExitCode == 0, audit.Error);
        JsonElement extractor = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "background", "background.json"))).RootElement.GetProperty("extractors")[0];
        Assert.Equal(LinkedPlan.Planted, extractor.GetProperty("comparisons")[0].GetProperty("classes").EnumerateArray()
            .Where(c => c.GetProperty("effect").GetString() == "helps").Select(c => c.GetProperty("name").GetString()!));
        Assert.Equal(LinkedPlan.Planted.Count, extractor.GetProperty("biased_classes").GetInt32());
        JsonElement fid = extractor.GetProperty("fidelity").GetProperty("fid");
        Assert.True(fid.GetProperty("inverse").GetDouble() > 3 * fid.GetProperty("hard").GetDouble());
    }

    private static string Read(string file) => PngPixels.Decode(File.ReadAllBytes(Path.Combine(Sample, file))).Fingerprint();
}
