using System.Text.Json;
using QualityGate.Reports;
using QualityGate.Reports.Html;

namespace QualityGate.Tests.Tool;

/// <summary>Results on standard output and nothing else there; everything else on standard error.</summary>
public sealed class StandardStreamsTests
{
    private static readonly string Gauss = Path.Combine(AppContext.BaseDirectory, "Data", "vectors", "gauss_500_700_d64.npz");

    public static TheoryData<string> MachineFormats => [.. ReportFormats.Names.Where(n => n != ConsoleReport.Name)];

    [Theory]
    [MemberData(nameof(MachineFormats))]
    public void A_machine_format_on_standard_output_is_the_file_byte_for_byte(string format)
    {
        using ToolRun tool = new();
        WriteSpec(tool, "min: 0.6");
        ToolRun.Answer quiet = tool.Run("check", "--format", format, "-o", $"{format}=report.svg", "-v", "q");
        Assert.Equal((0, string.Empty), (quiet.ExitCode, quiet.Error));
        Assert.Equal(File.ReadAllText(Path.Combine(tool.Folder, "report.svg")), quiet.Output);
        Assert.False(quiet.Output.StartsWith('\uFEFF'));
        Assert.DoesNotContain('\r', quiet.Output);

        string saved = Path.Combine("qualitygate-out", "result.json");
        ToolRun.Answer again = tool.Run("report", saved, "--format", format), forced = tool.Run("report", saved, "--format", format, "--color", "always");
        if (format == HtmlReport.Name)
        {
            // A saved result holds neither pictures nor points, and its page says so.
            Assert.DoesNotContain("made from a saved result", quiet.Output, StringComparison.Ordinal);
            Assert.Contains("made from a saved result", again.Output, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(quiet.Output, again.Output);
        Assert.Equal(quiet.Output, forced.Output);
    }

    [Theory]
    [MemberData(nameof(MachineFormats))]
    public void It_stays_alone_there_however_much_is_said_and_whatever_goes_wrong(string format)
    {
        using ToolRun tool = new();
        WriteSpec(tool, "min: 0.99");
        ToolRun.Answer failed = tool.Run("check", "--format", format, "-o", $"{format}=report.svg", "-v", "detailed");
        Assert.Equal((1, File.ReadAllText(Path.Combine(tool.Folder, "report.svg"))), (failed.ExitCode, failed.Output));

        tool.Write("qualitygate.yaml", "version: 1\nreference: [\n");
        ToolRun.Answer broken = tool.Run("check", "--format", format, "-o", $"{format}=report.svg");
        Assert.Equal((2, File.ReadAllText(Path.Combine(tool.Folder, "report.svg"))), (broken.ExitCode, broken.Output));
        Assert.Contains("QG1", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_writes_one_JSON_text_with_progress_and_warnings_elsewhere()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run([.. SmallMeasurement(tool), "--format", "json", "-v", "d"]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        using JsonDocument result = JsonDocument.Parse(answer.Output);
        Assert.Equal("qualitygate.result/1", result.RootElement.GetProperty("schema").GetString());
        Assert.Contains("8 images", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--no-progress")]
    [InlineData("-vq")]
    public void Progress_can_be_silenced(string option)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run([.. SmallMeasurement(tool), option]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.DoesNotContain("computed", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Machine_formats_are_UTF_8_whatever_the_terminal_is()
    {
        using ToolRun tool = new();
        File.Copy(Gauss, Path.Combine(tool.Folder, "größe.npz"));
        tool.Write("qualitygate.yaml", "version: 1\nreference: größe.npz#real\ncandidate: größe.npz#fake\ngates: { coverage: { min: 0.6 } }\n");
        tool.Environment["LC_ALL"] = "de_DE.ISO-8859-1";
        ToolRun.Answer answer = tool.Run("check", "--format", "markdown");
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Contains("größe", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema")]
    [InlineData("selftest", "--format", "json")]
    public void What_is_JSON_is_only_JSON(params string[] arguments)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run(arguments);
        Assert.Equal((0, string.Empty), (answer.ExitCode, answer.Error));
        using JsonDocument json = JsonDocument.Parse(answer.Output);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("check", "missing.yaml")]
    [InlineData("measure", "-r", "missing", "-c", "missing")]
    [InlineData("baseline", "create", "missing.yaml")]
    [InlineData("baseline", "update", "missing.yaml")]
    [InlineData("baseline", "show", "missing.yaml")]
    [InlineData("baseline", "verify", "missing.safetensors")]
    [InlineData("features", "extract", "missing", "-e", "random-vgg16", "-o", "out.safetensors")]
    [InlineData("features", "info", "missing.npz")]
    [InlineData("features", "export", "missing.npz", "-o", "out.npz")]
    [InlineData("report", "missing.json")]
    [InlineData("explain", "QG0000")]
    public void A_command_that_cannot_begin_leaves_standard_output_empty(params string[] arguments)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run(arguments);
        Assert.Equal((2, string.Empty), (answer.ExitCode, answer.Output));
        Assert.NotEmpty(answer.Error);
    }

    private static void WriteSpec(ToolRun tool, string coverage) =>
        tool.Write("qualitygate.yaml", $"version: 1\nreference: {Gauss}#real\ncandidate: {Gauss}#fake\ngates: {{ coverage: {{ {coverage} }} }}\n");

    private static string[] SmallMeasurement(ToolRun tool)
    {
        string folder = Directory.CreateDirectory(Path.Combine(tool.Folder, "set")).FullName;
        string[] images = [.. Directory.EnumerateFiles(RepositoryFiles.At("samples", "quickstart", "good"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(8)];
        for (int i = 0; i < images.Length; i++)
        {
            File.Copy(images[i], Path.Combine(folder, $"{i}.png"));
        }

        return ["measure", "-r", "set", "-c", "set", "-e", "random-vgg16", "-m", "fid"];
    }
}
