using System.CommandLine;
using QualityGate.Reports;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate report RESULT.json --format F</c>: a saved result, rendered again.</summary>
internal static class ReportCommand
{
    public static Command Build()
    {
        Argument<string> path = new Argument<string>("RESULT") { Description = "A result.json that check or measure wrote." }.CompletesFiles(".json");
        Command command = new("report", "Render a saved result again, in any format.") { path };
        ReportSettings report = ReportSettings.AddTo(command);

        // The check has told the build server already, and twice would show everything twice.
        CiSettings ci = CiSettings.AddTo(command, CiSystem.None);
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(path);
            RunResult result = ResultReader.Read(file);
            report.Write(parsed, result);
            ci.Tell(parsed, result, file, exitCode: null, report.FormatOf(parsed));
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate report qualitygate-out/result.json", "Show the last check again"),
            ("qualitygate report qualitygate-out/result.json --format markdown > report.md", "For a pull request"),
            ("qualitygate report result.json -o junit=junit.xml -o markdown=report.md", "Several at once"));
    }
}
