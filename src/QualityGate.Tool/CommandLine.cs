using System.CommandLine;
using QualityGate.Tool.Commands;

namespace QualityGate.Tool;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    public static RootCommand Build() => new("The gate for synthetic images: measures a candidate set against real images, and fails when it regresses.")
    {
        InitCommand.Build(),
        CheckCommand.Build(),
        MeasureCommand.Build(),
        BaselineCommand.Build(),
        FeaturesCommand.Build(),
        ReportCommand.Build(),
        ExplainCommand.Build(),
        DoctorCommand.Build(),
        SchemaCommand.Build(),
    };
}
