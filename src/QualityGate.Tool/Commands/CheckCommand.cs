using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate check [SPEC]</c>: measure, judge, report. The main job.</summary>
internal static class CheckCommand
{
    /// <summary>The spec that is looked for when none is named.</summary>
    public const string DefaultSpec = "qualitygate.yaml";

    private const string ResultFolder = "qualitygate-out";
    private const string ResultFile = "result.json";

    public static Command Build()
    {
        Argument<string> spec = SpecArgument();
        Option<string> folder = new("--result-folder")
        {
            Description = "Where result.json is written, whatever the exit code.",
            DefaultValueFactory = _ => ResultFolder,
            HelpName = "DIR",
        };
        Command command = new("check", "Measure, judge and report what a spec says. Exit code 0: passed, 1: a gate failed, 2: it could not be judged.") { spec, folder };
        RunSettings run = RunSettings.AddTo(command);
        BaselineSettings baselines = BaselineSettings.AddTo(command, isReader: true);
        ReportSettings report = ReportSettings.AddTo(command);
        command.SetLongAction((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(spec);
            GateRunOptions options = run.Bind(parsed) with { Baselines = baselines.Bind(parsed, SpecFile.FolderOf(path)) };
            return Run(path, Path.Combine(parsed.GetRequiredValue(folder), ResultFile), options, report, parsed, cancellation);
        });
        return command;
    }

    /// <summary>The optional argument that names a spec.</summary>
    public static Argument<string> SpecArgument() => new("SPEC")
    {
        Description = $"The spec. Default: {DefaultSpec} in this folder.",
        DefaultValueFactory = _ => DefaultSpec,
    };

    private static int Run(
        string specPath, string resultPath, GateRunOptions options, ReportSettings report, ParseResult parsed, CancellationToken cancellation)
    {
        RunResult result;
        try
        {
            GateSpec spec = SpecFile.Read(specPath);
            result = new GateRun(options).Check(spec, cancellation);
        }
        catch (UserErrorException error)
        {
            // A result of an earlier run must not be taken for this one's.
            RunResult unmeasured = RunResult.Unmeasured(options.Tool, specPath, error.Problems);
            ReportSettings.WriteFile(JsonReport.Name, resultPath, unmeasured);
            report.WriteUnmeasured(parsed, unmeasured);
            throw;
        }

        ReportSettings.WriteFile(JsonReport.Name, resultPath, result);
        report.Write(parsed, result);
        if (result.Problems.Count > 0)
        {
            Outcome.Write(UserErrorException.ForProblems(result.Problems), Console.Error);
            return ExitCodes.CannotJudge;
        }

        return result.Verdict switch
        {
            Verdict.Fail => ExitCodes.GateFailed,
            Verdict.None => ExitCodes.CannotJudge,
            _ => ExitCodes.Pass,
        };
    }
}
