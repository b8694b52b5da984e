using System.Text.Json;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Backgrounds;

public sealed class AuditCommandTests : IDisposable
{
    private static readonly string[] Files = ["background.json", "background.md", "classes.svg", "examples.png", "recall.svg"];
    private readonly BackgroundFolderFixture _files = new();

    [Fact]
    public void A_class_with_a_background_of_its_own_is_flagged_and_everything_is_written()
    {
        _files.WriteSets("free", "loose", "told");
        _files.WriteSpec();
        ToolRun.Answer answer = _files.Tool.Run("audit", "background");
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Contains("told by background", answer.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 3 classes depend on backgrounds", answer.Output, StringComparison.Ordinal);
        Assert.Equal(Files, Directory.GetFiles(_files.Results).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        JsonElement extractor = Json().RootElement.GetProperty("extractors")[0];
        Assert.Equal(["none", "soft:0.3", "hard", "inverse", "replace:swap:0"], extractor.GetProperty("modes").EnumerateArray().Select(m => m.GetProperty("mode").GetString()));
        Assert.Equal(["hard", "soft:0.3"], extractor.GetProperty("comparisons").EnumerateArray().Select(c => c.GetProperty("against").GetString()));
        Assert.Equal(1, extractor.GetProperty("biased_classes").GetInt32());
        Assert.Equal(["fid", "precision", "recall", "density", "coverage"], extractor.GetProperty("fidelity").EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public void A_second_audit_computes_nothing_and_says_the_same()
    {
        _files.WriteSets("free", "told");
        _files.WriteSpec();
        ToolRun.Answer first = _files.Tool.Run("audit", "background"), second = _files.Tool.Run("audit", "background");
        Assert.Contains("background hard: reference: 24 images", first.Error, StringComparison.Ordinal);
        Assert.Contains(" computed", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" computed", second.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public void Without_a_spec_images_masks_labels_and_an_extractor_will_do()
    {
        _files.WriteSets("free", "told");
        ToolRun.Answer answer = _files.Tool.Run(
            "audit", "background", "--images", "made", "--masks", "masks/made", "--labels", "folders", "-e", "random-vgg16", "--mode", "hard", "--mode", "replace:#102030", "--out", "here", "--format", "json");
        Assert.True(answer.ExitCode == 0, answer.Error);
        JsonElement found = JsonDocument.Parse(answer.Output).RootElement;
        Assert.Equal("qualitygate.background/1", found.GetProperty("schema").GetString());
        JsonElement extractor = found.GetProperty("extractors")[0];
        Assert.Equal(["none", "hard", "replace:#102030"], extractor.GetProperty("modes").EnumerateArray().Select(m => m.GetProperty("mode").GetString()));
        Assert.False(extractor.TryGetProperty("fidelity", out _));
        Assert.Equal(answer.Output, File.ReadAllText(Path.Combine(_files.Tool.Folder, "here", "background.json")));
    }

    [Fact]
    public void Several_extractors_and_the_other_set_are_audited_side_by_side()
    {
        _files.WriteSets("free", "told");
        _files.WriteSpec("background: { set: reference, extractors: [random-vgg16], examples: 1, ks: [3] }");
        ToolRun.Answer answer = _files.Tool.Run("audit", "background", "--set", "candidate", "--against", "soft:0.2", "--format", "markdown");
        Assert.True(answer.ExitCode == 0, answer.Error);
        JsonElement found = Json().RootElement;
        Assert.Equal(("candidate", "made"), (found.GetProperty("set").GetProperty("role").GetString(), found.GetProperty("set").GetProperty("source").GetString()));
        Assert.Equal(2, found.GetProperty("extractors").GetArrayLength());
        Assert.Equal("soft:0.2", found.GetProperty("settings").GetProperty("against").GetString());
        Assert.Contains("| mode | Recall\\@\u200B1 | Recall\\@\u200B3 |", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QG4852", "--images", "real")]
    [InlineData("QG4852", "--images", "real", "--masks", "masks/real", "--labels", "folders")]
    [InlineData("QG4852", "qualitygate.yaml", "--images", "real")]
    [InlineData("QG4805", "--mode", "softer")]
    [InlineData("QG4805", "--against", "none")]
    [InlineData("QG4851", "--images", "some.npy", "--masks", "masks/real", "--labels", "folders", "-e", "random-vgg16")]
    public void What_cannot_be_audited_is_an_error_and_nothing_is_written(string code, params string[] arguments)
    {
        _files.WriteSets("free");
        _files.WriteSpec();
        ToolRun.Answer answer = _files.Tool.Run(["audit", "background", .. arguments]);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(code, answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files.Results));
    }

    [Fact]
    public void An_image_without_a_mask_stops_the_audit_or_is_left_out_of_every_mode()
    {
        _files.WriteSets("free", "told");
        _files.WriteImage("real", "told/99", 7, isTold: true, withMask: false);
        _files.WriteSpec();
        ToolRun.Answer answer = _files.Tool.Run("audit", "background");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("QG4801", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files.Results));

        string spec = File.ReadAllText(Path.Combine(_files.Tool.Folder, "qualitygate.yaml"));
        _files.Tool.Write("qualitygate.yaml", spec.Replace("mode: none }", "mode: none, missing: skip }", StringComparison.Ordinal));
        answer = _files.Tool.Run("audit", "background");
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Contains("1 of 25 images could not be measured in every mode", answer.Output, StringComparison.Ordinal);
        Assert.Equal(24, Json().RootElement.GetProperty("set").GetProperty("count").GetInt32());
    }

    [Fact]
    public void A_class_of_one_image_is_spoken_of_and_a_set_of_such_classes_is_an_error()
    {
        _files.WriteSets("free");
        _files.WriteImage("real", "lonely/0", 3, isTold: false);
        _files.WriteSpec();
        ToolRun.Answer answer = _files.Tool.Run("audit", "background");
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Contains("1 of 13 images are alone in their class and fail in every mode.", answer.Output, StringComparison.Ordinal);

        _files.WriteImage("few", "a/0", 4, isTold: false);
        _files.WriteImage("few", "b/0", 5, isTold: false);
        _files.WriteSpec("background: { alone: excluded }");
        string spec = File.ReadAllText(Path.Combine(_files.Tool.Folder, "qualitygate.yaml")).Replace("real", "few", StringComparison.Ordinal);
        _files.Tool.Write("few.yaml", spec);
        answer = _files.Tool.Run("audit", "background", "few.yaml");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("QG4853", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_of_an_earlier_audit_do_not_stay()
    {
        _files.WriteSets("free", "told");
        _files.WriteSpec();
        Assert.Equal(0, _files.Tool.Run("audit", "background").ExitCode);
        Assert.True(File.Exists(Path.Combine(_files.Results, "examples.png")));
        _files.WriteSpec("background: { examples: 0 }");
        Assert.Equal(0, _files.Tool.Run("audit", "background").ExitCode);
        Assert.Equal(Files.Except(["examples.png"]), Directory.GetFiles(_files.Results).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Features_of_masked_images_can_be_extracted()
    {
        _files.WriteSets("free");
        ToolRun.Answer answer = _files.Tool.Run("features", "extract", "real", "-e", "random-vgg16", "--masks", "masks/real", "--mask-mode", "soft:0.3", "-o", "soft.safetensors");
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Contains("random-vgg16+soft:0.3", _files.Tool.Run("features", "info", "soft.safetensors").Output, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private JsonDocument Json() => JsonDocument.Parse(File.ReadAllText(Path.Combine(_files.Results, "background.json")));
}
