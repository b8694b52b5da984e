using System.CommandLine;
using QualityGate.Reports;
using QualityGate.Tool.GitHub;

namespace QualityGate.Tool.Commands;

/// <summary>Options about the pull-request comment.</summary>
internal sealed class CommentSettings
{
    private readonly Option<CommentMode> _mode;

    private readonly Option<string?> _id = new("--comment-id")
    {
        Description = "Names the comment; one name, one comment. Default: the spec's path.",
        HelpName = "NAME",
    };

    private readonly Option<int?> _number = new("--pull-request") { Description = "Number of the pull request. Default: the event's.", HelpName = "N" };

    private readonly Option<Uri?> _report = new("--report-url")
    {
        Description = "Link to the whole report, such as an artifact.",
        HelpName = "URL",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? link) && link.Scheme is "https" or "http")
            {
                return link;
            }

            result.AddError($"--report-url is `{PlainText.OneLine(text)}`, expected a web address such as https://github.com/o/r/actions/runs/1.");
            return null;
        },
    };

    private CommentSettings(CommentMode usual)
    {
        _mode = Choice.Of(
            usual,
            "One comment on the pull request, updated by each run. problems: a run that passes makes no new one. required: exit code 2 when it cannot be written.",
            firstLetters: false,
            "--comment");
        _number.Validators.Add(result =>
        {
            if (result.TryGetValue(out int? number) && number <= 0)
            {
                result.AddError("--pull-request must be a positive number.");
            }
        });
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="usual">The mode when none is named.</param>
    public static CommentSettings AddTo(Command command, CommentMode usual)
    {
        CommentSettings settings = new(usual);
        command.Options.Add(settings._mode);
        command.Options.Add(settings._id);
        command.Options.Add(settings._number);
        command.Options.Add(settings._report);
        return settings;
    }

    /// <summary>When to comment.</summary>
    public CommentMode ModeOf(ParseResult parsed) => parsed.GetValue(_mode);

    /// <summary>What was asked for.</summary>
    public CommentRequest Bind(ParseResult parsed, RunResult result, string resultPath) => new()
    {
        Result = result,
        ResultPath = resultPath,
        Mode = parsed.GetValue(_mode),
        Id = parsed.GetValue(_id),
        PullRequest = parsed.GetValue(_number),
        ReportUrl = parsed.GetValue(_report),
    };
}
