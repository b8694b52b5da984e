namespace QualityGate.Tests.Tool;

public sealed class CommandTests
{
    private static readonly string Gauss = Path.Combine(AppContext.BaseDirectory, "Data", "vectors", "gauss_500_700_d64.npz");

    [Fact]
    public void Help_names_every_command()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("--help");
        Assert.Equal(0, answer.ExitCode);
        Assert.All(
            new[] { "init", "check", "measure", "baseline", "features", "report", "explain", "doctor", "selftest", "schema", "completion" },
            command => Assert.Contains($"  {command} ", answer.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Init_writes_a_spec_that_check_understands_and_does_not_overwrite_it()
    {
        using ToolRun tool = new();
        Directory.CreateDirectory(Path.Combine(tool.Folder, "data", "real"));
        Assert.Equal(0, tool.Run("init").ExitCode);
        Assert.Contains("data/real", File.ReadAllText(Path.Combine(tool.Folder, "qualitygate.yaml")), StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("init").ExitCode);
        ToolRun.Answer check = tool.Run("check");
        Assert.Equal(2, check.ExitCode);
        Assert.Matches("QG40", check.Error);
    }

    [Fact]
    public void The_schema_is_JSON()
    {
        using ToolRun tool = new();
        using System.Text.Json.JsonDocument schema = System.Text.Json.JsonDocument.Parse(tool.Run("schema").Output);
        Assert.Equal("object", schema.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public void Doctor_says_what_works_here()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("doctor");
        Assert.Equal(0, answer.ExitCode);
        Assert.All(new[] { "ONNX Runtime", "libvips", "cache" }, part => Assert.Contains(part, answer.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_saved_result_renders_again_in_every_format()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", $"version: 1\nreference: {Gauss}#real\ncandidate: {Gauss}#fake\ngates: {{ fid: {{ max: 7 }}, coverage: {{ min: 0.6 }} }}\n");
        ToolRun.Answer check = tool.Run("check", "--output", "markdown=out/report.md", "--output", "junit=out/junit.xml", "--output", "json=out/result.json");
        Assert.Equal(1, check.ExitCode);
        string saved = Path.Combine("qualitygate-out", "result.json");
        Assert.Equal(File.ReadAllText(Path.Combine(tool.Folder, "out", "report.md")), tool.Run("report", saved, "--format", "markdown").Output);
        Assert.Equal(File.ReadAllText(Path.Combine(tool.Folder, "out", "junit.xml")), tool.Run("report", saved, "--format", "junit").Output);
        Assert.Equal(File.ReadAllText(Path.Combine(tool.Folder, saved)), tool.Run("report", saved, "--format", "json").Output);
        Assert.Equal(check.Output, tool.Run("report", saved, "--format", "console").Output);
    }

    [Theory]
    [InlineData("console", "CANNOT JUDGE: 1 problem")]
    [InlineData("markdown", "**QG3001**")]
    [InlineData("junit", "errors=\"1\"")]
    public void A_run_that_could_not_be_judged_is_shown_as_such_in_every_format(string format, string expected)
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", $"version: 1\nreference: {Gauss}#real\ncandidate: {Gauss}#fake\nbaseline: none.safetensors\ngates: {{ fid: {{ max: 7 }} }}\n");
        Assert.Equal(2, tool.Run("check").ExitCode);
        Assert.Contains(expected, tool.Run("report", Path.Combine("qualitygate-out", "result.json"), "--format", format).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_says_what_a_code_means_and_knows_when_there_is_none()
    {
        using ToolRun tool = new();
        Assert.Contains("baseline create", tool.Run("explain", "qg3001").Output, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("explain", "QG9999").ExitCode);
    }

    [Fact]
    public void Features_info_says_what_a_file_holds()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("features", "info", Gauss + "#real");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("500", answer.Output, StringComparison.Ordinal);
        Assert.Contains("64", answer.Output, StringComparison.Ordinal);
    }
}
