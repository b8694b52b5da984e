using System.CommandLine;

namespace QualityGate.Tool.Help;

/// <summary>The order in which one meets the commands, for the root's help and the docs.</summary>
internal static class CommandGroups
{
    private const string Others = "More";

    private static readonly (string Title, string[] Commands)[] Groups =
    [
        ("Start", ["init", "check"]),
        ("Look closer", ["measure", "audit", "report", "explain"]),
        ("How good is the gate?", ["calibrate", "replay"]),
        ("In builds and before pushes", ["comment", "hook"]),
        ("Keep what was accepted", ["baseline"]),
        ("Features", ["features", "models"]),
        ("Anomalies", ["train", "inpaint"]),
        ("This machine", ["doctor", "selftest"]),
        ("Editors and shells", ["schema", "completion"]),
    ];

    /// <summary>The visible commands below <paramref name="root"/>, grouped; those that no group names come last.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<Command> Commands)> Of(Command root)
    {
        Command[] all = [.. root.Subcommands.Where(c => !c.Hidden)];
        foreach ((string title, string[] names) in Groups)
        {
            Command[] known = [.. names.Select(n => Array.Find(all, c => c.Name == n)).OfType<Command>()];
            if (known.Length > 0)
            {
                yield return (title, known);
            }
        }

        HashSet<string> grouped = [.. Groups.SelectMany(g => g.Commands)];
        Command[] others = [.. all.Where(c => !grouped.Contains(c.Name))];
        if (others.Length > 0)
        {
            yield return (Others, others);
        }
    }
}
