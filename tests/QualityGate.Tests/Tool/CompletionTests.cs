using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Tool.Completion;

namespace QualityGate.Tests.Tool;

/// <summary>What the tool answers a shell.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("qualitygate che", "check")]
    [InlineData("qualitygate baseline ", "create update propose promote diff list rollback show verify pull")]
    [InlineData("qualitygate check --verb", "--verbosity")]
    [InlineData("qualitygate check -v", "-v")]
    [InlineData("qualitygate check -v ", "quiet normal detailed")]
    [InlineData("qualitygate check --device ", "auto cpu cuda")]
    [InlineData("qualitygate check --color=n", "--color=never")]
    [InlineData("qualitygate check --format j", "json junit")]
    [InlineData("qualitygate report result.json --format ma", "markdown")]
    [InlineData("qualitygate check --output j", "json= junit=")]
    [InlineData("qualitygate check --output=j", "--output=json= --output=junit=")]
    [InlineData("qualitygate measure -m fid_", "fid_infinity")]
    [InlineData("qualitygate measure --metric prdc -m cov", "coverage")]
    [InlineData("qualitygate measure --set prdc.k", "prdc.k=")]
    [InlineData("qualitygate measure --set kid.convention=", "kid.convention=torch-fidelity kid.convention=full")]
    [InlineData("qualitygate measure -e ", "random-vgg16")]
    [InlineData("qualitygate measure --labels ", "folders")]
    [InlineData("qualitygate explain qg3001", "QG3001")]
    [InlineData("qualitygate completion ", "bash zsh fish powershell")]
    [InlineData("qualitygate doctor ", "--cache --help")]
    [InlineData("qualitygate --", "--help --version")]
    [InlineData("qualitygate nonsense --", "--help --version")]
    [InlineData("qualitygate check -- --f", "")]
    [InlineData("qualitygate check --batch ", "")]
    public void Words_are_those_that_may_stand_at_the_cursor(string left, string expected) =>
        Assert.Equal(expected, string.Join(' ', Line(left).Words.Select(w => w.Text)));

    [Theory]
    [InlineData("qualitygate check ", "Files", ".yaml .yml", "")]
    [InlineData("qualitygate check spec.yaml ", "None", "", "")]
    [InlineData("qualitygate baseline show ", "Files", ".yaml .yml .safetensors .json", "")]
    [InlineData("qualitygate report ", "Files", ".json", "")]
    [InlineData("qualitygate measure --reference ", "Files", "", "")]
    [InlineData("qualitygate measure --reference=a", "Files", "", "--reference=")]
    [InlineData("qualitygate measure -e m", "Files", ".extractor.yaml .onnx", "")]
    [InlineData("qualitygate measure --per-image ", "Files", ".csv .json", "")]
    [InlineData("qualitygate check --cache ", "Folders", "", "")]
    [InlineData("qualitygate check --cache=a", "Folders", "", "--cache=")]
    [InlineData("qualitygate check -o ", "None", "", "")]
    [InlineData("qualitygate check -o json=", "Files", "", "json=")]
    [InlineData("qualitygate check -o json=out/re", "Files", "", "json=")]
    [InlineData("qualitygate check --output=json=out/re", "Files", "", "--output=json=")]
    [InlineData("qualitygate measure --set kid.seed=", "None", "", "kid.seed=")]
    [InlineData("qualitygate check --threads ", "None", "", "")]
    [InlineData("qualitygate check -- ", "Files", ".yaml .yml", "")]
    public void Paths_are_left_to_the_shell(string left, string kind, string endings, string prefix)
    {
        CompletionAnswer answer = Line(left);
        Assert.Equal((kind, endings, prefix), (answer.Paths.Kind.ToString(), string.Join(' ', answer.Paths.Endings), answer.PathPrefix));
    }

    [Fact]
    public void Every_format_metric_parameter_and_code_is_offered()
    {
        Assert.Equal(ReportFormats.Names, Line("qualitygate check --format ").Words.Select(w => w.Text));
        Assert.Equal(ErrorCatalogue.All.Select(c => c.Id), Line("qualitygate explain ").Words.Select(w => w.Text));
        Assert.Empty(MetricRegistry.Families.Select(f => f.Name).Except(Line("qualitygate measure -m ").Words.Select(w => w.Text)));
        Assert.Empty(MetricRegistry.Families.SelectMany(f => f.Parameters, (f, p) => $"{f.Name}.{p.Name}=")
            .Except(Line("qualitygate measure --set ").Words.Select(w => w.Text)));
    }

    [Fact]
    public void What_may_be_given_once_is_offered_once_and_what_may_be_repeated_again()
    {
        string[] words = [.. Line("qualitygate measure --reference a --metric fid -v q --").Words.Select(w => w.Text)];
        Assert.DoesNotContain("--reference", words);
        Assert.DoesNotContain("--verbosity", words);
        Assert.Contains("--metric", words);
    }

    [Theory]
    [InlineData("qualitygate check 'my spec.yaml' --format j")]
    [InlineData("qualitygate check \"my \\\"spec\\\".yaml\" --format j")]
    [InlineData("qualitygate check my\\ spec.yaml --format j")]
    [InlineData("qualitygate check spec.yaml --format 'j")]
    [InlineData("qualitygate check spec.yaml --format \"j")]
    public void Quotes_are_understood_also_open_ones(string left) => Assert.Equal(["json", "junit"], Line(left).Words.Select(w => w.Text));

    [Theory]
    [InlineData("[suggest:16]", "check --format j", "json junit")]
    [InlineData("[suggest:14]", "check --color", "auto always never")]
    [InlineData("[suggest:3]", "che --format j", "check")]
    [InlineData("[suggest:14]", "qualitygate ba --format", "baseline")]
    [InlineData("[suggest:27]", "/opt/tools/qualitygate schema", "schema")]
    [InlineData("[suggest:9]", "baseline", "create update propose promote diff list rollback show verify pull")]
    [InlineData("[suggest]", "feat", "features")]
    public void It_answers_dotnet_suggest(string directive, string line, string expected) =>
        Assert.Equal(expected, Ask(directive, line).TrimEnd('\n').Replace('\n', ' '));

    [Fact]
    public void Words_may_come_one_by_one_and_the_last_may_be_missing_when_it_is_empty()
    {
        Assert.Equal("none\nj\n\njson\njunit\n", Ask("[complete:2]", "check", "--format", "j"));
        Assert.Equal(Ask("[complete:2]", "check", "--format", ""), Ask("[complete:2]", "check", "--format"));
    }

    [Theory]
    [InlineData("[complete:9]", "check")]
    [InlineData("[complete:-1]")]
    [InlineData("[complete:line]")]
    [InlineData("[suggest:99999999999]", "check --format \"")]
    [InlineData("[complete:line]", "qualitygate measure --batch many --study-draws x --output ")]
    public void Nothing_that_is_asked_is_answered_with_a_message(params string[] arguments)
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run(arguments);
        Assert.Equal((0, string.Empty), (answer.ExitCode, answer.Error));
        Assert.DoesNotContain("error", answer.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static CompletionAnswer Line(string left)
    {
        (IReadOnlyList<string> before, string current) = LineWords.Split(left);
        return CompletionEngine.Answer(QualityGate.Tool.CommandLine.Build(), [.. before.Skip(1)], current);
    }

    private static string Ask(params string[] arguments)
    {
        Assert.True(CompletionRequest.Is(arguments));
        using StringWriter text = new();
        CompletionRequest.Write(arguments, QualityGate.Tool.CommandLine.Build(), text);
        return text.ToString();
    }
}
