using System.CommandLine;
using QualityGate.Tool.Help;

namespace QualityGate.Tests.Tool;

/// <summary>The commands as built, the root first, in the order of help.</summary>
internal static class AllCommands
{
    public static IReadOnlyList<Command> List()
    {
        Command root = QualityGate.Tool.CommandLine.Build();
        return [root, .. CommandGroups.Of(root).SelectMany(g => g.Commands).SelectMany(Below)];
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.Where(c => !c.Hidden).SelectMany(Below).Prepend(command);
}
