using System.CommandLine;
using QualityGate.Tool.Help;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate completion SHELL</c>: a script that makes a shell ask this program for completions.</summary>
internal static class CompletionCommand
{
    /// <summary>The shells there are scripts for.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    public static Command Build()
    {
        Argument<string> shell = new("SHELL") { Description = $"{ChoiceText.Or(Shells)}." };
        shell.AcceptOnlyFromAmong(Shells);
        Command command = new("completion", "Print a script that completes commands, options and values in a shell.") { shell };
        command.SetAction(parsed =>
        {
            StandardOutput.WriteText(Script(parsed.GetRequiredValue(shell)));
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("eval \"$(qualitygate completion bash)\"", "In ~/.bashrc"),
            ("eval \"$(qualitygate completion zsh)\"", "In ~/.zshrc, after compinit"),
            ("qualitygate completion fish | source", "In ~/.config/fish/config.fish"),
            ("qualitygate completion powershell | Out-String | Invoke-Expression", "In $PROFILE of PowerShell"));
    }

    /// <summary>The script for a shell.</summary>
    internal static string Script(string shell)
    {
        using Stream stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"QualityGate.Completion.{shell}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
