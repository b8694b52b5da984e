using System.CommandLine;
using QualityGate.Backgrounds;
using QualityGate.Reports;
using QualityGate.Tool.Help;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate audit background [SPEC]</c>: what features owe to what is behind the objects.</summary>
internal static class AuditCommand
{
    private const string DefaultFolder = "qualitygate-out/background";

    /// <summary>What standard output shows.</summary>
    private enum Shown
    {
        Console,
        Json,
        Markdown,
    }

    public static Command Build() => new Command("audit", "Ask what features look at.") { Background() }.WithExamples(
        ("qualitygate audit background", "Objects, or what is behind them?"));

    private static Command Background()
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Option<string?> folder = new("--out", "-o") { Description = "Folder for background.json, background.md, charts and pictures. Default: the folder background in qualitygate-out.", HelpName = "DIR" };
        Option<Shown> format = Choice.Of(Shown.Console, "What standard output shows.", firstLetters: false, "--format");
        Option<ColorChoice> color = Choice.Of(ColorChoice.Auto, "Colours of the console's tables. auto: on a terminal, unless NO_COLOR is set.", firstLetters: false, "--color");
        Command command = new("background", "Retrieve a labelled set's images as they are and with their backgrounds masked, and count per class what only the background decides.") { spec };
        AuditSettings settings = AuditSettings.AddTo(command);
        command.Options.Add(folder);
        command.Options.Add(format);
        command.Options.Add(color);
        RunSettings run = RunSettings.AddTo(command);
        command.SetLongAction((parsed, cancellation) =>
        {
            GateRunOptions options = run.Bind(parsed);
            BackgroundFindings findings = new BackgroundRun(options).Audit(settings.Bind(parsed, spec), cancellation);
            cancellation.ThrowIfCancellationRequested();
            BackgroundFolder.Write(parsed.GetValue(folder) ?? DefaultFolder, findings, options.Tool);
            StandardOutput.Write(writer => Write(findings, options.Tool, parsed.GetValue(format), TerminalStyle.Output(parsed.GetValue(color)), writer));
            return ExitCodes.Pass;
        });
        return command
            .WithExitCodes((ExitCodes.Pass, "audited, whatever was found; `check` judges"), (ExitCodes.CannotJudge, "images, masks, labels or an extractor are missing or wrong"))
            .WithExamples(
                ("qualitygate audit background", $"The reference of {CheckCommand.DefaultSpec}, by its extractor, masks and labels"),
                ("qualitygate audit background --set candidate --mode none --mode soft:0.5 --mode hard", "The candidate, in other modes"),
                ("qualitygate audit background -e random-vgg16 -e embedding.extractor.yaml", "Two more extractors beside the spec's own"),
                ("qualitygate audit background --images data/real --masks data/masks --labels folders -e random-vgg16", "Without a spec"));
    }

    private static void Write(BackgroundFindings findings, ToolInfo tool, Shown format, ConsoleStyle style, TextWriter writer)
    {
        switch (format)
        {
            case Shown.Json:
                writer.Write(BackgroundJson.Write(findings, tool));
                break;
            case Shown.Markdown:
                writer.Write(string.Join('\n', BackgroundMarkdown.Lines(findings)) + "\n");
                break;
            default:
                new BackgroundConsole(style).Write(findings, writer);
                break;
        }
    }
}
