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
        File.Delete(Path.Combine(tool.Folder, "qualitygate.lock.json"));
        Assert.Equal(2, tool.Run("check").ExitCode);
    }

    [Fact]
    public void The_lock_alone_still_judges_as_long_as_the_reference_is_here()
    {
        using ToolRun tool = new();
        CopyFolder(Path.Combine(Sample, "reference"), Path.Combine(tool.Folder, "real"));
        tool.Write("qualitygate.yaml", Spec("good", "  coverage: { max_decrease: 0.05 }\n"));
        Assert.Equal(0, tool.Run("baseline", "create").ExitCode);
        Assert.Contains("it is the one that", tool.Run("baseline", "verify").Output, StringComparison.Ordinal);
        Assert.Contains("verified by the lock", tool.Run("check").Output, StringComparison.Ordinal);

        File.Delete(Path.Combine(tool.Folder, "qualitygate", "baseline.safetensors"));
        ToolRun.Answer good = tool.Run("check");
        Assert.True(good.ExitCode == 0, good.Error);
        Assert.Contains("numbers alone", good.Output, StringComparison.Ordinal);
        Assert.Contains("features are gone", good.Output, StringComparison.Ordinal);

        tool.Write("qualitygate.yaml", Spec("repeated", "  coverage: { max_decrease: 0.05 }\n"));
        Assert.Equal(1, tool.Run("check").ExitCode);

        Directory.Delete(Path.Combine(tool.Folder, "real"), recursive: true);
        ToolRun.Answer nothing = tool.Run("check");
        Assert.Equal(2, nothing.ExitCode);
        Assert.Contains("QG3015", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_is_looked_for_at_the_given_path_then_on_this_branch_then_on_the_base_branch()
    {
        using ToolRun tool = new();
        CopyFolder(Path.Combine(Sample, "reference"), Path.Combine(tool.Folder, "real"));
        tool.Write("qualitygate.yaml", Spec("good", "  coverage: { max_decrease: 0.05 }\n"));
        string file = Path.Combine(tool.Folder, "qualitygate", "baseline.safetensors"), store = Path.Combine(tool.Folder, "store");
        Assert.Equal(0, tool.Run("baseline", "create", "--baseline-store", "store", "--branch", "main").ExitCode);
        Assert.True(File.Exists(Path.Combine(store, "main", "baseline.safetensors")));
        File.Delete(file);

        ToolRun.Answer fromBase = tool.Run("check", "--baseline-store", "store", "--branch", "feature/../x", "--base-branch", "main", "--format", "json");
        Assert.True(fromBase.ExitCode == 0, fromBase.Error);
        using JsonDocument result = JsonDocument.Parse(fromBase.Output);
        JsonElement baseline = result.RootElement.GetProperty("baseline");
        Assert.Equal("base branch", baseline.GetProperty("source").GetString());
        Assert.Equal("verified", baseline.GetProperty("features").GetString());
        Assert.Equal(0, baseline.GetProperty("age_days").GetInt32());
        string[] lookup = [.. result.RootElement.GetProperty("baseline_lookup").EnumerateArray().Select(l => l.GetString()!)];
        Assert.Equal(3, lookup.Length);
        Assert.Equal("given path qualitygate/baseline.safetensors: not there", lookup[0]);
        Assert.StartsWith("this branch store/feature%2F%2E%2E%2Fx/baseline.safetensors: not there", lookup[1], StringComparison.Ordinal);
        Assert.StartsWith("base branch store/main/baseline.safetensors: used", lookup[2], StringComparison.Ordinal);

        // A cache may bring back a sibling's file: only the one that the lock names counts.
        Directory.CreateDirectory(Path.Combine(store, "other"));
        byte[] bytes = File.ReadAllBytes(Path.Combine(store, "main", "baseline.safetensors"));
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(store, "other", "baseline.safetensors"), bytes);
        ToolRun.Answer passedOver = tool.Run("check", "--baseline-store", "store", "--branch", "other", "--base-branch", "main");
        Assert.True(passedOver.ExitCode == 0, passedOver.Error);
        Assert.Contains("this branch store/other/baseline.safetensors: passed over", passedOver.Output, StringComparison.Ordinal);
        Assert.Contains("(base branch, verified by the lock)", passedOver.Output, StringComparison.Ordinal);

        Assert.Equal(0, tool.Run("check", "--baseline", Path.Combine("store", "main", "baseline.safetensors")).ExitCode);

        // Also when the spec names none.
        tool.Write("qualitygate.yaml", Spec("good", "  coverage: { min: 0.9 }\n").Replace("baseline: qualitygate/baseline.safetensors\n", "", StringComparison.Ordinal));
        Assert.Contains("(given path, verified by the lock)", tool.Run("check", "--baseline", Path.Combine("store", "main", "baseline.safetensors")).Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(tool.Folder, "qualitygate.lock.json"));
        Assert.Equal(2, tool.Run("check", "--baseline", "none.safetensors").ExitCode);
    }

    [Fact]
    public void Numbers_edited_by_hand_in_the_lock_are_refused()
    {
        using ToolRun tool = new();
        CopyFolder(Path.Combine(Sample, "reference"), Path.Combine(tool.Folder, "real"));
        tool.Write("qualitygate.yaml", Spec("good", "  coverage: { max_decrease: 0.05 }\n"));
        Assert.Equal(0, tool.Run("baseline", "create").ExitCode);
        string path = Path.Combine(tool.Folder, "qualitygate.lock.json"), text = File.ReadAllText(path);
        int value = text.IndexOf("\"value\": 0.9", StringComparison.Ordinal);
        File.WriteAllText(path, text[..value] + "\"value\": 0.1" + text[(value + 12)..]);
        ToolRun.Answer refused = tool.Run("check");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("QG3014", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("baseline", "verify").ExitCode);
        File.WriteAllText(path, text[..^20]);
        Assert.Contains("QG3013", tool.Run("check").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create", "fail", 0, true)]
    [InlineData("absolute-only", "fail", 0, false)]
    [InlineData("error", "warn", 2, false)]
    public void A_first_run_does_what_the_spec_says(string onMissing, string onInconclusive, int exitCode, bool writes)
    {
        using ToolRun tool = new();
        CopyFolder(Path.Combine(Sample, "reference"), Path.Combine(tool.Folder, "real"));
        string spec = Spec("good", "  coverage: { min: 0.9, max_decrease: 0.05 }\n") + $"\non_missing_baseline: {onMissing}\non_inconclusive: {onInconclusive}\n";
        tool.Write("qualitygate.yaml", spec);
        ToolRun.Answer first = tool.Run("check");
        Assert.True(first.ExitCode == exitCode, first.Output + first.Error);
        Assert.Equal(writes, File.Exists(Path.Combine(tool.Folder, "qualitygate", "baseline.safetensors")));
        Assert.Equal(writes, File.Exists(Path.Combine(tool.Folder, "qualitygate.lock.json")));
        if (exitCode == 0)
        {
            Assert.Contains("INCONCLUSIVE: 1 of 2 gates undecided", first.Output, StringComparison.Ordinal);
            Assert.Contains("there is no baseline yet, so its change was not judged (max_decrease)", first.Output, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("given path qualitygate/baseline.safetensors: not there", first.Error, StringComparison.Ordinal);
        }

        if (writes)
        {
            ToolRun.Answer second = tool.Run("check");
            Assert.Contains("PASS: 2 gates", second.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_first_run_that_fails_accepts_nothing()
    {
        using ToolRun tool = new();
        CopyFolder(Path.Combine(Sample, "reference"), Path.Combine(tool.Folder, "real"));
        tool.Write("qualitygate.yaml", Spec("repeated", "  coverage: { min: 0.9, max_decrease: 0.05 }\n") + "\non_missing_baseline: create\n");
        ToolRun.Answer first = tool.Run("check");
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("were not accepted", first.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(tool.Folder, "qualitygate", "baseline.safetensors")));
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
