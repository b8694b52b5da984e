using System.Text.Json;

namespace QualityGate.Tests.Tool;

public sealed class LabelTests
{
    private static readonly string Sample = RepositoryFiles.At("samples", "quickstart");

    private static readonly string[] Classes = ["cross", "disc", "ring", "square", "star", "triangle"];

    [Fact]
    public void Metrics_are_measured_by_folder_and_a_csv_file_of_the_same_labels_agrees()
    {
        using ToolRun tool = new();
        string[] sets = ["measure", "-r", Path.Combine(Sample, "reference"), "-c", Path.Combine(Sample, "good"), "-e", "random-vgg16", "--format", "json"];
        ToolRun.Answer folders = tool.Run([.. sets, "--labels", "folders"]);
        Assert.True(folders.ExitCode == 0, folders.Error);
        using JsonDocument result = JsonDocument.Parse(folders.Output);
        JsonElement classes = result.RootElement.GetProperty("classes");
        Assert.Equal(Classes, classes.EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(
            result.RootElement.GetProperty("candidate").GetProperty("count").GetInt32(), classes.EnumerateArray().Sum(c => c.GetProperty("candidate_count").GetInt32()));
        Assert.All(classes.EnumerateArray(), c => Assert.InRange(c.GetProperty("metrics").GetProperty("coverage").GetProperty("value").GetDouble(), 0.05, 1));

        IEnumerable<string> rows = Directory.EnumerateFiles(Path.Combine(Sample, "good"), "*.png", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(Sample, "good"), f)).Select(f => $"{f},{Path.GetDirectoryName(f)}").OrderDescending(StringComparer.Ordinal);
        string csv = tool.Write("labels.csv", "path,label\n" + string.Join('\n', rows) + "\ngone.png,disc\n");
        ToolRun.Answer table = tool.Run([.. sets, "--labels", "folders", "--candidate-labels", csv]);
        Assert.True(table.ExitCode == 0, table.Error);
        using JsonDocument same = JsonDocument.Parse(table.Output);
        Assert.Equal(classes.GetRawText(), same.RootElement.GetProperty("classes").GetRawText());
        Assert.Contains("1 label names an image that is not in the candidate; it was ignored.", table.Output, StringComparison.Ordinal);
        Assert.Contains("triangle", tool.Run([.. sets[..^2], "--labels", "folders"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_whose_images_lie_in_no_folder_is_refused()
    {
        using ToolRun tool = new();
        string ring = Path.Combine(Sample, "good", "ring");
        ToolRun.Answer answer = tool.Run("measure", "-r", ring, "-c", ring, "-e", "random-vgg16", "--labels", "folders");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("QG4073", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_not_there_are_an_error_before_anything_is_computed()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("measure", "-r", Path.Combine(Sample, "reference"), "-c", Path.Combine(Sample, "good"), "-e", "random-vgg16", "--labels", "none.csv");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("QG4070: the labels none.csv: it does not exist.", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("computed", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_per_class_without_labels_is_a_mistake_in_the_spec()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", Spec("  coverage: { min: 0, per_class: each }\n").Replace("labels: folders\n", "", StringComparison.Ordinal));
        ToolRun.Answer answer = tool.Run("check");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("QG1018", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_class_fails_a_gate_that_the_whole_set_passes()
    {
        using ToolRun tool = new();
        SpoilOneClass(tool);
        tool.Write("qualitygate.yaml", Spec("  coverage: [ { min: 0.5 }, { min: 0.3, per_class: worst } ]\n"));

        ToolRun.Answer answer = tool.Run("check", "--format", "json", "--output", "markdown=report.md");

        Assert.True(answer.ExitCode == 1, answer.Output + answer.Error);
        using JsonDocument result = JsonDocument.Parse(answer.Output);
        Assert.Equal(
            ["pass, ", "fail, ring"],
            result.RootElement.GetProperty("gates").EnumerateArray().Select(g =>
                $"{g.GetProperty("verdict").GetString()}, {(g.TryGetProperty("class", out JsonElement name) ? name.GetString() : "")}"));
        Assert.Contains("worst class ring", File.ReadAllText(Path.Combine(tool.Folder, "report.md")), StringComparison.Ordinal);
        Assert.Equal(answer.Output, tool.Run("report", "qualitygate-out/result.json", "--format", "json").Output);
    }

    [Fact]
    public void A_class_that_the_candidate_lacks_cannot_be_judged()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", Spec("  coverage: { min: 0, per_class: worst }\n").Replace("candidate: made", $"candidate: {Path.Combine(Sample, "class-missing")}", StringComparison.Ordinal));
        ToolRun.Answer answer = tool.Run("check");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("QG2012", answer.Error, StringComparison.Ordinal);
        Assert.Contains("has no image of this class", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepted_values_by_class_are_compared_and_a_baseline_without_them_is_an_error()
    {
        using ToolRun tool = new();
        CopyFolder(Path.Combine(Sample, "good"), Path.Combine(tool.Folder, "made"));
        string labelled = Spec("  coverage: { max_decrease: 0.2, per_class: worst }\n").Replace("gates:", "baseline: b.safetensors\ngates:", StringComparison.Ordinal);
        string plain = labelled.Replace("labels: folders\n", "", StringComparison.Ordinal).Replace(", per_class: worst", "", StringComparison.Ordinal);

        tool.Write("qualitygate.yaml", plain);
        Assert.Equal(0, tool.Run("baseline", "create").ExitCode);
        tool.Write("qualitygate.yaml", labelled);
        ToolRun.Answer unknown = tool.Run("check");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("coverage of class `cross` has a gate (max_decrease) but the baseline has no accepted value for this class", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("qualitygate baseline update", unknown.Error, StringComparison.Ordinal);

        Assert.Equal(0, tool.Run("baseline", "update").ExitCode);
        Assert.Contains("triangle: ", tool.Run("baseline", "show").Output, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("check").ExitCode);

        // A reference that lives in the baseline alone still knows its images' folders.
        tool.Write("qualitygate.yaml", labelled.Replace(Path.Combine(Sample, "reference"), "elsewhere", StringComparison.Ordinal));
        ToolRun.Answer elsewhere = tool.Run("check");
        Assert.True(elsewhere.ExitCode == 0, elsewhere.Error);
        Assert.Contains("come from the baseline", elsewhere.Output, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(tool.Folder, "made"), recursive: true);
        SpoilOneClass(tool);
        ToolRun.Answer worse = tool.Run("check");
        Assert.Equal(1, worse.ExitCode);
        Assert.Contains("coverage of class `ring` is", worse.Output, StringComparison.Ordinal);
    }

    private static string Spec(string gates) =>
        $"version: 1\nreference: {Path.Combine(Sample, "reference")}\ncandidate: made\nextractor: random-vgg16\nlabels: folders\ngates:\n{gates}";

    // Ten times the same ring: the other classes are as good as ever.
    private static void SpoilOneClass(ToolRun tool)
    {
        string made = Path.Combine(tool.Folder, "made");
        CopyFolder(Path.Combine(Sample, "good"), made);
        string[] rings = [.. Directory.EnumerateFiles(Path.Combine(made, "ring")).Order(StringComparer.Ordinal)];
        foreach (string ring in rings[1..])
        {
            File.Copy(rings[0], ring, overwrite: true);
        }
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
