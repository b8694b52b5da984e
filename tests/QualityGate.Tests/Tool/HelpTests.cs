using System.CommandLine;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;
using QualityGate.Tool.Usage;

namespace QualityGate.Tests.Tool;

public sealed class HelpTests
{
    private const int Width = 100;

    [Fact]
    public void The_help_of_every_command_is_as_reviewed() =>
        Snapshots.Match(string.Concat(AllCommands.List().Select(c => $"$ {c.Path()} --help\n{Page(c, Width)}\n")), "every-command");

    [Theory]
    [InlineData(60)]
    [InlineData(Width)]
    [InlineData(140)]
    public void No_text_is_wider_than_the_terminal(int width)
    {
        HashSet<string> examples = [.. AllCommands.List().SelectMany(c => c.Examples()).Select(e => $"  {e.Line}")];
        string[] wide = [.. AllCommands.List().SelectMany(c => Page(c, width).Split('\n')).Where(l => l.Length > width && !examples.Contains(l))];
        Assert.Empty(wide);
    }

    [Fact]
    public void Every_command_shows_one_to_four_examples_of_its_own_at_the_end() => Assert.All(AllCommands.List(), command =>
    {
        Assert.InRange(command.Examples().Count, 1, 4);
        Assert.All(command.Examples(), e => Assert.Contains(command.Path(), e.Line, StringComparison.Ordinal));
        Assert.EndsWith($"  {command.Examples()[^1].Line}\n", Page(command, Width), StringComparison.Ordinal);
    });

    [Fact]
    public void Every_example_is_understood() => Assert.All(AllCommands.List().SelectMany(c => c.Examples()), example =>
    {
        string[] words = Words(example.Line);
        ParseResult parsed = QualityGate.Tool.CommandLine.Build().Parse(words);
        Assert.Empty(UsageErrors.Of(parsed, words).Select(m => m.Message));
    });

    [Fact]
    public void Every_command_has_a_place_in_the_root_s_help()
    {
        Command root = QualityGate.Tool.CommandLine.Build();
        Assert.Equal(root.Subcommands.Count, CommandGroups.Of(root).Sum(g => g.Commands.Count));
        Assert.DoesNotContain("More", CommandGroups.Of(root).Select(g => g.Title));
    }

    [Fact]
    public void Every_option_and_argument_says_what_it_is_for() => Assert.All(AllCommands.List(), command =>
    {
        Assert.All(command.Arguments, a => Assert.False(string.IsNullOrWhiteSpace(a.Description), $"{command.Path()} {a.Name}"));
        Assert.All(SymbolText.OptionsOf(command), o => Assert.False(string.IsNullOrWhiteSpace(SymbolText.Description(o)), $"{command.Path()} {o.Name}"));
    });

    [Theory]
    [InlineData("check", "--help")]
    [InlineData("check", "-h")]
    [InlineData("check", "--nope", "--help")]
    [InlineData("--help", "check")]
    public void Help_is_the_page_on_standard_output_whatever_else_is_wrong(params string[] arguments)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run(arguments);
        Assert.Equal((0, string.Empty), (answer.ExitCode, answer.Error));
        Assert.Equal(Page(AllCommands.List().Single(c => c.Name == "check"), Width), answer.Output);
    }

    private static string Page(Command command, int width)
    {
        using StringWriter page = new();
        new HelpPage(page, width).Write(command);
        return page.ToString();
    }

    // What a shell gives to the tool: without the substitution or pipe around it.
    private static string[] Words(string line)
    {
        string own = line[line.IndexOf("qualitygate", StringComparison.Ordinal)..].Split(" | ")[0].Split(" > ")[0].TrimEnd('"', ')');
        (IReadOnlyList<string> before, string last) = LineWords.Split(own);
        return [.. before.Append(last).Skip(1)];
    }
}
