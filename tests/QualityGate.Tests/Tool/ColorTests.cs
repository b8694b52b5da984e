using QualityGate.Tool.Terminal;

namespace QualityGate.Tests.Tool;

public sealed class ColorTests
{
    [Theory]
    [InlineData("auto", true, "", true)]
    [InlineData("auto", false, "", false)]
    [InlineData("never", true, "FORCE_COLOR=1", false)]
    [InlineData("always", false, "NO_COLOR=1", true)]
    [InlineData("auto", true, "NO_COLOR=1", false)]
    [InlineData("auto", true, "NO_COLOR=", true)]
    [InlineData("auto", true, "TERM=dumb", false)]
    [InlineData("auto", true, "CI=true", false)]
    [InlineData("auto", true, "CLICOLOR=0", false)]
    [InlineData("auto", false, "FORCE_COLOR=1", true)]
    [InlineData("auto", false, "FORCE_COLOR=3 TERM=dumb", true)]
    [InlineData("auto", false, "FORCE_COLOR=0", false)]
    [InlineData("auto", false, "FORCE_COLOR=false", false)]
    [InlineData("auto", false, "FORCE_COLOR=1 NO_COLOR=1", false)]
    [InlineData("auto", false, "CLICOLOR_FORCE=1", true)]
    [InlineData("auto", false, "CLICOLOR_FORCE=0", false)]
    [InlineData("auto", true, "GITHUB_ACTIONS=true", false)]
    [InlineData("auto", false, "GITHUB_ACTIONS=true CLICOLOR_FORCE=1", false)]
    [InlineData("auto", false, "GITHUB_ACTIONS=true FORCE_COLOR=1", true)]
    public void The_nearest_word_decides(string choice, bool isTerminal, string environment, bool expected)
    {
        Dictionary<string, string> variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(expected, ColorRule.UseColor(Enum.Parse<ColorChoice>(choice, ignoreCase: true), isTerminal, variables.GetValueOrDefault));
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("FORCE_COLOR", "", true)]
    [InlineData("", "--color=always", true)]
    [InlineData("FORCE_COLOR", "--color=never", false)]
    public void A_redirected_report_has_colours_only_when_forced(string variable, string option, bool expected)
    {
        using ToolRun tool = new();
        Array.ForEach(["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS"], name => tool.Environment[name] = null);
        if (variable.Length > 0)
        {
            tool.Environment[variable] = "1";
        }

        string gauss = Path.Combine(AppContext.BaseDirectory, "Data", "vectors", "gauss_500_700_d64.npz");
        tool.Write("qualitygate.yaml", $"version: 1\nreference: {gauss}#real\ncandidate: {gauss}#fake\ngates: {{ coverage: {{ min: 0.6 }} }}\n");
        string[] options = option.Length == 0 ? [] : [option];
        ToolRun.Answer answer = tool.Run(["check", "-o", "console=report.txt", .. options]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Equal(expected, answer.Output.Contains('\u001b', StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', answer.Error);
        Assert.DoesNotContain('\u001b', File.ReadAllText(Path.Combine(tool.Folder, "report.txt")));
    }
}
