using System.CommandLine;
using QualityGate.Tool.Help;

namespace QualityGate.Tests.Tool;

/// <summary>docs/cli.md: what the commands declare stands between two marks, the rest is written by hand.</summary>
public sealed class CommandLineDocumentationTests
{
    private const string Begin = "<!-- commands: written from the code, see CONTRIBUTING.md -->\n";
    private const string End = "<!-- end of commands -->\n";

    [Fact]
    public void The_page_of_commands_is_what_the_code_declares()
    {
        string path = RepositoryFiles.At("docs", "cli.md"), page = Documentation.Read("docs/cli.md");
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        string expected = string.Concat(page.AsSpan(0, begin), Commands(), page.AsSpan(end));
        if (System.Environment.GetEnvironmentVariable("QUALITYGATE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, page);
    }

    [Fact]
    public void Every_exit_code_is_in_it() =>
        Assert.All(ExitCodeNote.All, note => Assert.Contains($"| {note.Code} | {note.Meaning} |", Documentation.Read("docs/cli.md"), StringComparison.Ordinal));

    private static string Commands() => string.Concat(AllCommands.List().Skip(1).Select(Section));

    private static string Section(Command command)
    {
        List<string> lines = ["", $"### `{command.Path()}`", "", command.Description!, "", "```text", SymbolText.Usage(command), "```"];
        (string, string)[] options = [.. SymbolText.OptionsOf(command).Where(o => !o.Recursive).Select(o => ($"`{Cell(SymbolText.Label(o))}`", Cell(SymbolText.Description(o))))];
        lines.AddRange(Table("Command", command.Subcommands.Where(c => !c.Hidden).Select(c => ($"`{c.Name}`", Cell(c.Description!)))));
        lines.AddRange(Table("Argument", command.Arguments.Select(a => ($"`{a.Name}`", Cell(SymbolText.Description(a))))));
        lines.AddRange(Table("Option", options));
        lines.AddRange(Table("Exit code", command.ExitCodeNotes().Select(n => ($"{n.Code}", Cell(n.Meaning)))));
        lines.AddRange(["", "```bash", .. command.Examples().SelectMany(e => new[] { $"# {e.Does}", e.Line }), "```", ""]);
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Table(string first, IEnumerable<(string Name, string Text)> rows)
    {
        string[] all = [.. rows.Select(r => $"| {r.Name} | {r.Text} |")];
        return all.Length == 0 ? [] : ["", $"| {first} | Meaning |", "|---|---|", .. all];
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
