using System.CommandLine;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Usage;

namespace QualityGate.Tests.Tool;

/// <summary>What one reads after a slip: what is wrong, what was probably meant, where help is.</summary>
public sealed class UsageErrorTests
{
    private static readonly string[] Slips =
    [
        "", "chekc", "nonsense", "extract", "qualitygate.yaml", "nightly.yml", "result.json", "qg2001", "--format json", "--nope",
        "baseline", "baseline creat", "baseline frobnicate",
        "check --formt json", "check --formt=json", "check --verb d", "check --metric fid", "check --version", "check --nope", "check -x", "check a b",
        "check --format", "check --format pdf", "check --format jsno", "check --format json --format junit", "check --output", "check --output report.md", "check --output pdf=x",
        "check --device cuda", "check --device gpu", "check --verbosity qiet", "check -v 1", "check --color sometimes", "check --batch 0", "check --batch many", "check --threads 1.5",
        "measure", "measure --reference a", "measure --reference --candidat x", "measure -r a -c b c", "measure -r a -c b --study-draws 3",
        "measure -r a -c b --sample-size-study --study-draws few", "measure -r a -c b --sample-size-study --study-seed -1", "measure -r a -c b --per-image scores.xlsx",
        "features export x", "explain a b", "doctor now", "completion tcsh", "--version check",
    ];

    [Fact]
    public void Every_slip_is_answered_as_reviewed() =>
        Snapshots.Match(string.Concat(Slips.Select(slip => $"$ qualitygate {slip}".TrimEnd() + $"\n{Answer(Split(slip))}\n")), "slips");

    [Fact]
    public void Every_unknown_option_leads_to_the_one_it_resembles() => Assert.All(
        AllCommands.List().SelectMany(c => c.Options.Where(o => o.Name.Length > 5 && o.Name != "--version"), (command, option) => (command, option)),
        pair =>
        {
            // The letter before the last left out, as fingers do.
            string name = pair.option.Name, slip = $"{name[..^2]}{name[^1]}";
            Assert.Contains($"did you mean `{name}`?", Answer([.. Path(pair.command), slip]), StringComparison.Ordinal);
        });

    [Fact]
    public void What_begins_like_an_option_may_be_a_file_after_two_dashes() =>
        Assert.Empty(UsageErrors.Of(QualityGate.Tool.CommandLine.Build().Parse(["check", "--", "--spec.yaml"]), ["check", "--", "--spec.yaml"]));

    [Fact]
    public void A_value_may_be_a_negative_number_or_glued_to_its_option()
    {
        string[] glued = ["measure", "--reference=--odd", "-cx", "--set", "fid.k=-1"];
        Assert.Empty(UsageErrors.Of(QualityGate.Tool.CommandLine.Build().Parse(glued), glued));
    }

    [Theory]
    [InlineData("chekc")]
    [InlineData("check", "--batch", "many")]
    [InlineData("qualitygate.yaml")]
    public void A_slip_answers_2_on_standard_error_alone(params string[] arguments)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run(arguments);
        Assert.Equal((2, string.Empty), (answer.ExitCode, answer.Output));
        Assert.Equal(Answer(arguments), answer.Error);
    }

    [Fact]
    public void A_word_cannot_command_the_terminal() => Assert.DoesNotContain('\u001b', Answer(["check", "--\u001b[2J"]));

    [Theory]
    [InlineData("-v", "q")]
    [InlineData("-v", "Normal")]
    [InlineData("--verbosity", "D")]
    [InlineData("--verbosity=detailed")]
    public void A_verbosity_may_be_its_first_letter(params string[] option)
    {
        string[] line = ["check", .. option];
        Assert.Empty(UsageErrors.Of(QualityGate.Tool.CommandLine.Build().Parse(line), line));
    }

    private static string Answer(string[] arguments)
    {
        ParseResult parsed = QualityGate.Tool.CommandLine.Build().Parse(arguments);
        using StringWriter error = new() { NewLine = "\n" };
        Assert.Equal(2, UsageErrors.Write(parsed, UsageErrors.Of(parsed, arguments), error));
        return error.ToString();
    }

    private static string[] Split(string line)
    {
        (IReadOnlyList<string> before, string last) = LineWords.Split(line);
        return line.Length == 0 ? [] : [.. before, last];
    }

    private static IEnumerable<string> Path(Command command) => QualityGate.Tool.Help.CommandNotes.Path(command).Split(' ').Skip(1);
}
