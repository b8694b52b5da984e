using System.Text.RegularExpressions;

namespace QualityGate.Tests.Tool;

public sealed class VersionTests
{
    [Fact]
    public void The_version_is_the_first_line_and_what_it_runs_on_the_second()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("--version");
        Assert.Equal((0, string.Empty), (answer.ExitCode, answer.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n\.NET \d+\.\d+\.\d+, \S+-\S+, ONNX Runtime \d+\.\d+\.\d+\n$", answer.Output);
    }

    [Fact]
    public void The_library_named_is_the_one_that_is_loaded()
    {
        using ToolRun tool = new();
        string named = Regex.Match(tool.Run("--version").Output, @"ONNX Runtime (\d+\.\d+)").Groups[1].Value;
        Assert.Matches($@"ONNX Runtime +{Regex.Escape(named)}\.", tool.Run("doctor").Output);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("check", "--help")]
    [InlineData("[complete:line]", "qualitygate measure --extractor ")]
    [InlineData("[suggest:20]", "measure --metric fid")]
    [InlineData("explain", "QG2001")]
    [InlineData("chekc")]
    public void Quick_answers_need_neither_ONNX_Runtime_nor_libvips(params string[] arguments)
    {
        using ToolRun tool = new();
        string[] own = ["QualityGate.Tool.dll", "QualityGate.Tool.runtimeconfig.json", "QualityGate.dll", "System.CommandLine.dll"];
        string copy = Directory.CreateDirectory(Path.Combine(tool.Folder, "bare")).FullName;
        Array.ForEach(own, name => File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(copy, name)));
        ToolRun.Answer bare = tool.RunAt(Path.Combine(copy, "QualityGate.Tool.dll"), arguments);
        Assert.Equal(tool.Run(arguments), bare);
    }
}
