using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.GitHub;
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
        Option<string?> inputs = new Option<string?>("--write-inputs")
        {
            Description = "Write down what the spec depends on, for MSBuild: files, and folders as patterns.",
            HelpName = "FILE",
        };
        Command command = new("check", "Measure, judge and report what a spec says.") { spec, folder, inputs };
        CheckSettings settings = new(
            inputs,
            RunSettings.AddTo(command),
            BudgetSettings.AddTo(command),
            BaselineSettings.AddTo(command, isReader: true),
            ReportSettings.AddTo(command),
            CiSettings.AddTo(command, CiSystem.Auto),
            CommentSettings.AddTo(command, CommentMode.Never));
        command.SetLongAction((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(spec);
            GateRunOptions options = settings.Run.Bind(parsed) with
            {
                Budget = settings.Budget.Bind(parsed),
                AnomalyFolder = Path.Combine(parsed.GetRequiredValue(folder), "anomaly"),
                BackgroundFolder = Path.Combine(parsed.GetRequiredValue(folder), "background"),
                WithEvidence = settings.Report.WantsEvidence(parsed),
            };
            return Run(path, Path.Combine(parsed.GetRequiredValue(folder), ResultFile), options, settings, parsed, cancellation);
        });
        return command
            .WithExitCodes(
                (ExitCodes.Pass, "passed, warnings included"),
                (ExitCodes.GateFailed, "a gate failed"),
                (ExitCodes.CannotJudge, "it could not be judged; never a pass"))
            .WithExamples(
                ("qualitygate check", $"Judge {DefaultSpec} in this folder"),
                ("qualitygate check nightly.yaml -o junit=junit.xml -o html=report.html", "Another spec, with a report for a build server and a page with plots and images"),
                ("qualitygate check --format json -v quiet", "The result alone, for a program"),
                ("qualitygate check --budget 20s", "A random sample, where computing every image takes longer"));
    }

    /// <summary>The optional argument that names a spec.</summary>
    public static Argument<string> SpecArgument() => new Argument<string>("SPEC")
    {
        Description = $"The spec. Default: {DefaultSpec} in this folder.",
        DefaultValueFactory = _ => DefaultSpec,
    }.CompletesFiles(".yaml", ".yml");

    private static int Run(
        string specPath, string resultPath, GateRunOptions options, CheckSettings settings, ParseResult parsed, CancellationToken cancellation)
    {
        RunResult result;
        UserErrorException? mistake = null;
        DirectoryInfo? copies = null;
        try
        {
            GateSpec spec = SpecFile.Read(specPath);
            if (parsed.GetValue(settings.Inputs) is { } inputs)
            {
                InputList.Write(inputs, spec);
            }

            result = new GateRun(options with { Baselines = settings.Baselines.Bind(parsed, spec, out copies) }).Check(spec, cancellation);
        }
        catch (UserErrorException error)
        {
            // A result of an earlier run must not be taken for this one's.
            result = RunResult.Unmeasured(options.Tool, specPath, error.Problems);
            mistake = error;
        }
        finally
        {
            copies?.Delete(recursive: true);
        }

        ReportSettings.WriteFile(JsonReport.Name, resultPath, result);
        if (mistake is null)
        {
            settings.Report.Write(parsed, result);
            mistake = result.Problems.Count > 0 ? UserErrorException.ForProblems(result.Problems) : null;
        }
        else
        {
            settings.Report.WriteUnmeasured(parsed, result);
        }

        int exitCode = ExitCodeOf(result);
        if (mistake is not null)
        {
            // MSBuild reads both streams, and would count an error twice.
            if (settings.Report.FormatOf(parsed) == MSBuildReport.Name)
            {
                Console.Error.WriteLine(PlainText.OneLine($"{mistake.Code.Id}, what to do: {mistake.Advice}"));
            }
            else
            {
                Outcome.Write(mistake, Console.Error);
            }
        }

        return Published(result, resultPath, exitCode, settings, parsed, cancellation);
    }

    // Whatever happens here, a failed gate stays a failed gate.
    private static int Published(RunResult result, string resultPath, int exitCode, CheckSettings settings, ParseResult parsed, CancellationToken cancellation)
    {
        settings.Ci.Tell(parsed, result, resultPath, exitCode, settings.Report.FormatOf(parsed));
        CommentRequest request = settings.Comment.Bind(parsed, result, resultPath);
        bool stands = request.Mode == CommentMode.Never || new CommentPublisher(Environment.GetEnvironmentVariable, Console.Error).Publish(request, cancellation);
        return !stands && request.Mode == CommentMode.Required && exitCode == ExitCodes.Pass ? ExitCodes.CannotJudge : exitCode;
    }

    /// <summary>What the process answers to a result.</summary>
    public static int ExitCodeOf(RunResult result) => result switch
    {
        { Problems.Count: > 0 } => ExitCodes.CannotJudge,
        { Verdict: Verdict.Fail } => ExitCodes.GateFailed,
        { Verdict: Verdict.None } => ExitCodes.CannotJudge,
        _ => ExitCodes.Pass,
    };

    private sealed record CheckSettings(
        Option<string?> Inputs, RunSettings Run, BudgetSettings Budget, BaselineSettings Baselines, ReportSettings Report, CiSettings Ci, CommentSettings Comment);
}
