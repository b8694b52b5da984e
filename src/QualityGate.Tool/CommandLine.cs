using System.CommandLine;
using System.CommandLine.Help;
using QualityGate.Tool.Commands;

namespace QualityGate.Tool;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    /// <summary>The root. Not a RootCommand, which would be called by the name of the program's file.</summary>
    public static Command Build() => new("qualitygate", "The gate for synthetic images: measures a candidate set against real images, and fails when it regresses.")
    {
        new HelpOption { Recursive = true },
        new VersionOption(),
        InitCommand.Build(),
        CheckCommand.Build(),
        MeasureCommand.Build(),
        BaselineCommand.Build(),
        FeaturesCommand.Build(),
        ReportCommand.Build(),
        HookCommand.Build(),
        CommentCommand.Build(),
        ExplainCommand.Build(),
        DoctorCommand.Build(),
        SelfTestCommand.Build(),
        SchemaCommand.Build(),
    };
}
