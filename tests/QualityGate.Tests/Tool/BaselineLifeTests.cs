using System.Text.Json;

namespace QualityGate.Tests.Tool;

public sealed class BaselineLifeTests
{
    private static readonly string Sample = RepositoryFiles.At("samples", "quickstart");

    private static string Spec(string candidate, string gates) =>
        $$"""
        version: 1
        reference: real
        candidate: {{Path.Combine(Sample, candidate)}}
        extractor: random-vgg16
        baseline: qualitygate/baseline.safetensors
        gates:
        {{gates}}
        """;

    [Fact]
    public void A_baseline_is_created_shown_verified_compared_with_updated_and_defended()
    {
        using ToolRun tool = new();
        const string gates = "  coverage: { max_decrease: 0.05 }\n  fid: { max_increase: 10% }\n";
        CopyFolder(Path.Combine(Sample, "reference"), Path.Combine(tool.Folder, "real"));
        tool.Write("qualitygate.yaml", Spec("good", gates));

        ToolRun.Answer missing = tool.Run("check");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("qualitygate baseline create", missing.Error, StringComparison.Ordinal);

        ToolRun.Answer created = tool.Run("baseline", "create");
        Assert.True(created.ExitCode == 0, created.Error);
        Assert.Equal(2, tool.Run("baseline", "create").ExitCode);
        Assert.Contains("coverage", tool.Run("baseline", "show").Output, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("baseline", "verify").ExitCode);

        ToolRun.Answer same = tool.Run("check", "--format", "json");
        Assert.True(same.ExitCode == 0, same.Error);
        using (JsonDocument result = JsonDocument.Parse(same.Output))
        {
            JsonElement fid = result.RootElement.GetProperty("metrics").GetProperty("fid");
            Assert.Equal(fid.GetProperty("value").GetDouble(), fid.GetProperty("baseline").GetDouble());
            Assert.Equal(0, fid.GetProperty("change").GetDouble());
        }

        tool.Write("qualitygate.yaml", Spec("repeated", gates));
        Assert.Equal(1, tool.Run("check").ExitCode);

        // The reference may be private: without it, its features come from the baseline.
        Directory.Delete(Path.Combine(tool.Folder, "real"), recursive: true);
        ToolRun.Answer elsewhere = tool.Run("check");
        Assert.Equal(1, elsewhere.ExitCode);
        Assert.Contains("come from the baseline", elsewhere.Output, StringComparison.Ordinal);

        Assert.Equal(0, tool.Run("baseline", "update").ExitCode);
        ToolRun.Answer accepted = tool.Run("check");
        Assert.True(accepted.ExitCode == 0, accepted.Output + accepted.Error);
    }

    [Fact]
    public void A_baseline_of_another_extractor_convention_or_reference_is_refused()
    {
        using ToolRun tool = new();
        const string gates = "  coverage: { max_decrease: 0.05 }\n";
        CopyFolder(Path.Combine(Sample, "reference"), Path.Combine(tool.Folder, "real"));
        string spec = Spec("good", gates);
        tool.Write("qualitygate.yaml", spec);
        Assert.Equal(0, tool.Run("baseline", "create").ExitCode);

        string[] others =
        [
            spec.Replace("extractor: random-vgg16", "extractor: { builtin: random-vgg16, seed: 7 }", StringComparison.Ordinal),
            spec.Replace("gates:", "metrics: { prdc: { k: 3 } }\ngates:", StringComparison.Ordinal),
            spec.Replace("gates:", "metrics: { prdc: { convention: inclusive } }\ngates:", StringComparison.Ordinal),
        ];
        foreach (string other in others)
        {
            tool.Write("qualitygate.yaml", other);
            ToolRun.Answer refused = tool.Run("check");
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("QG30", refused.Error, StringComparison.Ordinal);
            Assert.Contains("qualitygate baseline", refused.Error, StringComparison.Ordinal);
        }

        tool.Write("qualitygate.yaml", spec);
        File.Delete(Directory.EnumerateFiles(Path.Combine(tool.Folder, "real"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First());
        Assert.Equal(2, tool.Run("check").ExitCode);
    }

    [Fact]
    public void A_damaged_baseline_is_refused_and_never_read_as_good()
    {
        using ToolRun tool = new();
        CopyFolder(Path.Combine(Sample, "reference"), Path.Combine(tool.Folder, "real"));
        tool.Write("qualitygate.yaml", Spec("good", "  coverage: { max_decrease: 0.05 }\n"));
        Assert.Equal(0, tool.Run("baseline", "create").ExitCode);
        string path = Path.Combine(tool.Folder, "qualitygate", "baseline.safetensors");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 0x10;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(2, tool.Run("baseline", "verify").ExitCode);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Equal(2, tool.Run("check").ExitCode);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
