using System.CommandLine;
using System.CommandLine.Help;
using QualityGate.Tool.Commands;
using QualityGate.Tool.Help;

namespace QualityGate.Tool;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    /// <summary>The root. Not a RootCommand, which would be called by the name of the program's file.</summary>
    public static Command Build() => new Command("qualitygate", "The gate for synthetic images: measures a candidate set against real images, and fails when it regresses.")
    {
        new HelpOption { Recursive = true, Action = new HelpPageAction() },
        new VersionOption(),
        InitCommand.Build(),
        CheckCommand.Build(),
        MeasureCommand.Build(),
        AuditCommand.Build(),
        CalibrateCommand.Build(),
        ReplayCommand.Build(),
        BaselineCommand.Build(),
        FeaturesCommand.Build(),
        ModelsCommand.Build(),
        InpaintCommand.Build(),
        TrainCommand.Build(),
        ReportCommand.Build(),
        HookCommand.Build(),
        CommentCommand.Build(),
        ExplainCommand.Build(),
        DoctorCommand.Build(),
        SelfTestCommand.Build(),
        SchemaCommand.Build(),
        CompletionCommand.Build(),
    }.WithExamples(
        ("qualitygate init", "Write a commented spec for this folder"),
        ("qualitygate check", "Measure and judge it; exit code 1 when a gate fails"),
        ("qualitygate measure -r data/real -c out/samples -e random-vgg16", "Only measure, without a spec"),
        ("qualitygate baseline create", "Accept today's numbers, for gates such as max_increase"));
}
