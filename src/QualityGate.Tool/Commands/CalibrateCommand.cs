using System.CommandLine;
using System.Globalization;
using QualityGate.Calibration;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate calibrate [SPEC]</c>: how good is this gate?</summary>
internal static class CalibrateCommand
{
    private const string Yaml = "yaml";
    private const int FewestRepetitions = 10;
    private const int MostRepetitions = 10_000;

    public static Command Build()
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Option<int> repetitions = new("--repetitions")
        {
            Description = $"Pairs of runs that are drawn ({FewestRepetitions} to {MostRepetitions}). Default: {CalibrationOptions.DefaultRepetitions}.",
            DefaultValueFactory = _ => CalibrationOptions.DefaultRepetitions,
            HelpName = "N",
        };
        repetitions.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.TryGetValue(out int count) && count is < FewestRepetitions or > MostRepetitions)
            {
                result.AddError($"--repetitions is {count}, expected a whole number from {FewestRepetitions} to {MostRepetitions}.");
            }
        });
        Option<uint> seed = new("--seed") { Description = "Seed of the draws. Default: 0.", HelpName = "N" };
        Option<string> falseAlarms = ShareOption("--false-alarms", "Share of runs that may fail by chance under the proposed limits, all together.", "1%", "5%");
        Option<string> inconclusive = ShareOption("--inconclusive", "Share of runs in which a proposed limit on a change may be inconclusive by chance.", "10%", "20%");
        Command command = new("calibrate", "Say how good the gates are: false alarms, the smallest change they see, better limits.") { spec, repetitions, seed, falseAlarms, inconclusive };
        RunSettings run = RunSettings.AddTo(command);
        BaselineSettings baselines = BaselineSettings.AddTo(command, isReader: true);
        DocumentSettings<CalibrationResult> report = DocumentSettings<CalibrationResult>.AddTo(
            command,
            Yaml,
            (ConsoleReport.Name, CalibrationConsole.Write),
            (JsonReport.Name, (result, _, writer) => CalibrationJson.Write(result, writer)),
            (MarkdownReport.Name, (result, _, writer) => CalibrationMarkdown.Write(result, writer)),
            (Yaml, (result, _, writer) => writer.Write(CalibrationText.Yaml(result))));
        command.SetLongAction((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(spec);
            GateSpec read = SpecFile.Read(path);
            GateRunOptions options = run.Bind(parsed) with { Baselines = baselines.Bind(parsed, SpecFile.FolderOf(path)) };
            CalibrationOptions wanted = new()
            {
                Repetitions = parsed.GetValue(repetitions),
                Seed = parsed.GetValue(seed),
                FalseAlarms = ShareOf(parsed.GetValue(falseAlarms)!)!.Value,
                Inconclusive = ShareOf(parsed.GetValue(inconclusive)!)!.Value,
                Tool = options.Tool,
                Progress = run.ProgressOf(parsed, "draws"),
            };
            report.Write(parsed, new CalibrationRun(options, wanted).Calibrate(read, cancellation));
            return ExitCodes.Pass;
        });
        return command
            .WithExitCodes((ExitCodes.Pass, "calibrated, whatever the numbers say"), (ExitCodes.CannotJudge, "the sets cannot be read or are too small"))
            .WithExamples(
                ("qualitygate calibrate", $"How often would {CheckCommand.DefaultSpec} fail though nothing changed, and what does it see?"),
                ("qualitygate calibrate --false-alarms 0.1% -o gates.yaml", "Limits with one false alarm in a thousand runs, to be pasted into the spec"),
                ("qualitygate calibrate --repetitions 1000 --format markdown > gate.md", "Finer, for a wiki"));
    }

    private static Option<string> ShareOption(string name, string description, string preset, string other)
    {
        Option<string> option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => preset, HelpName = "P" }.CompletesWords(() => [preset, other]);
        option.Validators.Add(result =>
        {
            if (ShareOf(result.GetValueOrDefault<string>()!) is null)
            {
                result.AddError($"{name} is `{result.GetValueOrDefault<string>()}`, expected a share above 0 and below 50%, such as {preset} or 0.02.");
            }
        });
        return option;
    }

    private static double? ShareOf(string text)
    {
        bool isPercent = text.EndsWith('%');
        return double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && (isPercent ? number / 100 : number) is >= 1e-6 and < 0.5 and var share
            ? share
            : null;
    }
}
