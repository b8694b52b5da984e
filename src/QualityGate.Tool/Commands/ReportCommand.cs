using System.CommandLine;
using QualityGate.Reports;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate report RESULT.json --format F</c>: a saved result, rendered again.</summary>
internal static class ReportCommand
{
    public static Command Build()
    {
        Argument<string> path = new("RESULT") { Description = "A result.json that check or measure wrote." };
        Command command = new("report", "Render a saved result again, in any format.") { path };
        ReportSettings report = ReportSettings.AddTo(command);
        command.SetAction(parsed =>
        {
            report.Write(parsed, ResultReader.Read(parsed.GetRequiredValue(path)));
            return ExitCodes.Pass;
        });
        return command;
    }
}
