using System.Text.Json;

namespace QualityGate.Tests.Tool;

public sealed class CiTests
{
    private static readonly string Sample = RepositoryFiles.At("samples", "quickstart");

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", "::error file=qualitygate.yaml,line=6,col=15,title=QG2002")]
    [InlineData("TF_BUILD", "True", "##vso[task.logissue type=error;sourcepath=qualitygate.yaml;linenumber=6;columnnumber=15;code=QG2002]coverage is")]
    [InlineData("TEAMCITY_VERSION", "2026.1", "##teamcity[inspection typeId='QG2002'")]
    public void The_build_server_is_found_and_told_on_standard_error(string variable, string value, string expected)
    {
        using ToolRun tool = Failing();
        tool.Environment[variable] = value;
        ToolRun.Answer told = tool.Run("check");
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("\n" + expected, "\n" + told.Error, StringComparison.Ordinal);
        Assert.EndsWith("FAIL: 1 of 1 gate breached\n", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(expected, tool.Run("check", "--ci", "none").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_format_stays_alone_on_standard_output()
    {
        using ToolRun tool = Failing();
        ToolRun.Answer answer = tool.Run("check", "--ci", "azure", "--format", "json");
        using JsonDocument document = JsonDocument.Parse(answer.Output);
        Assert.Contains("##vso[task.logissue", answer.Error, StringComparison.Ordinal);
        ToolRun.Answer once = tool.Run("check", "--ci", "azure", "--format", "azure");
        Assert.Contains("##vso[task.logissue", once.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("##vso[", once.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void GitLab_gets_a_file_and_GitHub_summary_and_outputs()
    {
        using ToolRun tool = Failing();
        tool.Environment["GITLAB_CI"] = "true";
        Assert.Equal(1, tool.Run("check").ExitCode);
        using JsonDocument issues = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "gl-code-quality-report.json")));
        Assert.Equal("QG2002", issues.RootElement[0].GetProperty("check_name").GetString());

        tool.Environment.Clear();
        tool.Environment["GITHUB_ACTIONS"] = "true";
        tool.Environment["GITHUB_REPOSITORY"] = "octo/images";
        string summary = tool.Environment["GITHUB_STEP_SUMMARY"] = tool.Write("summary.md", "before\n"), outputs = tool.Environment["GITHUB_OUTPUT"] = tool.Write("outputs", "");
        Assert.Equal(1, tool.Run("check").ExitCode);
        Assert.StartsWith("before\n### ❌ QualityGate: FAIL", File.ReadAllText(summary), StringComparison.Ordinal);
        Assert.Contains("verdict=fail\nexit-code=1\nfailed-gates=1\n", File.ReadAllText(outputs), StringComparison.Ordinal);
    }

    [Fact]
    public void Annotations_name_files_from_the_root_of_the_checkout()
    {
        using ToolRun tool = Failing();
        tool.Environment["GITHUB_WORKSPACE"] = Path.GetDirectoryName(tool.Folder)!;
        string expected = $"::error file={Path.GetFileName(tool.Folder)}/qualitygate.yaml,line=6";
        Assert.Contains(expected, tool.Run("check", "--ci", "github").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_that_cannot_be_read_is_annotated_at_its_line_too()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", "version: 1\ngatez: {}\n");
        ToolRun.Answer answer = tool.Run("check", "--ci", "github");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("::error file=qualitygate.yaml,line=2,col=1,title=QG1002 unknown key::", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sarif", "")]
    [InlineData("gitlab", "CI_PROJECT_DIR")]
    [InlineData("sarif", "BUILD_SOURCESDIRECTORY")]
    public void Files_for_code_views_name_the_spec_from_the_root_of_the_checkout(string format, string variable)
    {
        using ToolRun tool = new();
        string spec = tool.Write("qualitygate.yaml", "version: 1\ngatez: {}\n");
        if (variable.Length > 0)
        {
            tool.Environment[variable] = Path.GetDirectoryName(tool.Folder)!;
        }

        string expected = variable.Length > 0 ? $"{Path.GetFileName(tool.Folder)}/qualitygate.yaml" : "qualitygate.yaml";
        ToolRun.Answer answer = tool.Run("check", spec, "--format", format);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains($"\"{(format == "sarif" ? "uri" : "path")}\": \"{expected}\"", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q\n::error::forged\n ::stop-commands::t.yaml")]
    [InlineData("::error::forged.yaml")]
    [InlineData("##vso[task.setvariable variable=PATH]x ##[error]y ##teamcity[buildStop].yaml")]
    public void A_file_name_in_a_message_cannot_command_the_build_server(string name)
    {
        using ToolRun tool = new();
        ToolRun.Answer missing = tool.Run("check", name, "--ci", "none");
        Assert.Equal(2, missing.ExitCode);
        tool.Write("qualitygate.yaml", "version: 1\ngatez: {}\n");
        File.Move(Path.Combine(tool.Folder, "qualitygate.yaml"), Path.Combine(tool.Folder, name.Replace('/', '_')));
        ToolRun.Answer wrong = tool.Run("check", name, "--ci", "none");
        Assert.Equal(2, wrong.ExitCode);
        foreach (string line in (missing.Error + missing.Output + wrong.Error + wrong.Output).Split('\n'))
        {
            Assert.DoesNotMatch(@"^\s*::|##(vso|teamcity)?\[", line);
        }
    }

    [Fact]
    public void A_saved_result_is_told_when_asked_only()
    {
        using ToolRun tool = Failing();
        Assert.Equal(1, tool.Run("check", "--ci", "none").ExitCode);
        tool.Environment["GITHUB_ACTIONS"] = "true";
        string summary = tool.Environment["GITHUB_STEP_SUMMARY"] = tool.Write("summary.md", "before\n");
        string result = Path.Combine("qualitygate-out", "result.json");
        Assert.Equal("", tool.Run("report", result).Error);
        ToolRun.Answer told = tool.Run("report", result, "--ci", "auto");
        Assert.Equal(0, told.ExitCode);
        Assert.Contains("::error file=qualitygate.yaml,line=6,col=15,title=QG2002", told.Error, StringComparison.Ordinal);
        Assert.Equal("before\n", File.ReadAllText(summary));
        Assert.Equal(0, tool.Run("report", result, "--ci", "gitlab").ExitCode);
        Assert.True(File.Exists(Path.Combine(tool.Folder, "qualitygate-out", "gl-code-quality-report.json")));
    }

    [Fact]
    public void A_saved_result_may_name_a_file_that_cannot_be()
    {
        using ToolRun tool = new();
        tool.Write("qualitygate.yaml", "version: 1\ngatez: {}\n");
        Assert.Equal(2, tool.Run("check").ExitCode);
        string path = Path.Combine(tool.Folder, "qualitygate-out", "result.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"qualitygate.yaml\"", "\"a\\u0000b\"", StringComparison.Ordinal));
        ToolRun.Answer answer = tool.Run("report", path, "--format", "sarif");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("\"uri\": \"ab\"", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_badge_is_a_picture_or_an_endpoint_by_its_name()
    {
        using ToolRun tool = Failing();
        Assert.Equal(1, tool.Run("check", "--output", "badge=b.svg", "--output", "badge=b.json").ExitCode);
        Assert.StartsWith("<svg ", File.ReadAllText(Path.Combine(tool.Folder, "b.svg")), StringComparison.Ordinal);
        Assert.Contains("\"message\":\"1 of 1 failed\"", File.ReadAllText(Path.Combine(tool.Folder, "b.json")), StringComparison.Ordinal);
        ToolRun.Answer wrong = tool.Run("check", "--output", "badge=b.png");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains(".svg or a .json", wrong.Error, StringComparison.Ordinal);
    }

    private static ToolRun Failing()
    {
        ToolRun tool = new();
        tool.Write("qualitygate.yaml", $$"""
            version: 1
            reference: {{Path.Combine(Sample, "reference")}}
            candidate: {{Path.Combine(Sample, "repeated")}}
            extractor: random-vgg16
            gates:
              coverage: { min: 0.9 }
            """);
        return tool;
    }
}
