using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

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
        Command command = new("check", "Measure, judge and report what a spec says.") { spec, folder };
        RunSettings run = RunSettings.AddTo(command);
        ReportSettings report = ReportSettings.AddTo(command);
        command.SetLongAction((parsed, cancellation) => Run(
            parsed.GetRequiredValue(spec), Path.Combine(parsed.GetRequiredValue(folder), ResultFile), run.Bind(parsed), report, parsed, cancellation));
        return command
            .WithExitCodes(
                (ExitCodes.Pass, "passed, warnings included"),
                (ExitCodes.GateFailed, "a gate failed"),
                (ExitCodes.CannotJudge, "it could not be judged; never a pass"))
            .WithExamples(
                ("qualitygate check", $"Judge {DefaultSpec} in this folder"),
                ("qualitygate check nightly.yaml -o junit=junit.xml -o markdown=report.md", "Another spec, with reports for a build server"),
                ("qualitygate check --format json -v quiet", "The result alone, for a program"),
                ("qualitygate check --color always | less -R", "Colours through a pipe"));
    }

    /// <summary>The optional argument that names a spec.</summary>
    public static Argument<string> SpecArgument() => new Argument<string>("SPEC")
    {
        Description = $"The spec. Default: {DefaultSpec} in this folder.",
        DefaultValueFactory = _ => DefaultSpec,
    }.CompletesFiles(".yaml", ".yml");

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
