using System.Diagnostics;

namespace QualityGate.Tests.Tool;

/// <summary>The scripts that shells read. The one for bash is run; the others are as reviewed.</summary>
public sealed class CompletionScriptTests
{
    // Bash's own word breaks, as an interactive shell has them.
    private const string Driver = """
        set -u
        qualitygate() { dotnet "$TOOL" "$@"; }
        compopt() { printf '%s\n' "$*"; }
        COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
        eval "$(qualitygate completion bash)"
        COMP_LINE=$LINE COMP_POINT=$POINT
        COMP_WORDS=(${LINE:0:POINT}) COMP_CWORD=${#COMP_WORDS[@]}
        _qualitygate qualitygate "$WORD" ''
        for reply in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do printf '<%s>\n' "$reply"; done
        """;

    [Theory]
    [InlineData("qualitygate che|", "che", "", "check")]
    [InlineData("qualitygate che| --format json", "che", "", "check")]
    [InlineData("qualitygate baseline |", "", "", "create,update,propose,promote,diff,list,rollback,show,verify,pull")]
    [InlineData("qualitygate check --format j|", "j", "", "json,junit")]
    [InlineData("qualitygate check --format=j|", "j", "", "json,junit")]
    [InlineData("qualitygate check 'my spec.yaml' --format j|", "j", "", "json,junit")]
    [InlineData("qualitygate check --output ju|", "ju", "-o nospace", "junit=")]
    [InlineData("qualitygate check --output json=|", "", "-o default", "")]
    [InlineData("qualitygate check --cache |", "", "-o dirnames", "")]
    [InlineData("qualitygate measure --reference |", "", "-o default", "")]
    [InlineData("qualitygate check |", "", "-o filenames -o default", "my.extractor.yaml,spec one.yaml,sub")]
    [InlineData("qualitygate check 's|", "'s", "-o default", "")]
    [InlineData("qualitygate measure -e |", "", "-o filenames -o default", "model.onnx,my.extractor.yaml,random-vgg16,sub")]
    [InlineData("qualitygate measure --extractor=m|", "m", "-o filenames -o default", "model.onnx,my.extractor.yaml")]
    [InlineData("qualitygate xyz|", "xyz", "", "")]
    public void Bash_is_told_what_may_stand_at_the_cursor(string typed, string word, string options, string replies)
    {
        using ToolRun tool = new();
        Array.ForEach(["spec one.yaml", "model.onnx", "my.extractor.yaml", "notes.txt", Path.Combine("sub", "x")], name => tool.Write(name, string.Empty));
        string[] lines = Bash(tool, typed.Replace("|", string.Empty, StringComparison.Ordinal), typed.IndexOf('|', StringComparison.Ordinal), word);
        Assert.Equal(options, string.Join(' ', lines.Where(l => !l.StartsWith('<'))));

        // In the order of names: readline sorts them, and folders list their files in any order.
        IEnumerable<string> said = lines.Where(l => l.StartsWith('<')).Select(l => l[1..^1]);
        Assert.Equal(replies.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public void Each_script_is_printed_as_it_stands_and_says_how_it_is_set_up(string shell)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("completion", shell);
        Assert.Equal((0, string.Empty), (answer.ExitCode, answer.Error));
        Assert.Contains($"qualitygate completion {shell}", answer.Output, StringComparison.Ordinal);
        Snapshots.Match(answer.Output, shell);
    }

    private static string[] Bash(ToolRun tool, string line, int point, string word)
    {
        ProcessStartInfo start = new("bash") { WorkingDirectory = tool.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--norc");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Driver);
        start.Environment["TOOL"] = Path.Combine(AppContext.BaseDirectory, "QualityGate.Tool.dll");
        start.Environment["LINE"] = line;
        start.Environment["POINT"] = point.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["WORD"] = word;
        using Process bash = Process.Start(start)!;
        Task<string> error = bash.StandardError.ReadToEndAsync();
        string output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        Assert.Equal(string.Empty, error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
