using System.CommandLine;
using System.Runtime.CompilerServices;

namespace QualityGate.Tool.Help;

/// <summary>What a command's help says beyond its options: declared where the command is built, shown by help and docs.</summary>
internal static class CommandNotes
{
    private static readonly ConditionalWeakTable<Command, Notes> Table = [];

    /// <summary>Adds examples, simplest first.</summary>
    public static Command WithExamples(this Command command, params (string Line, string Does)[] examples)
    {
        Table.GetOrCreateValue(command).Examples = [.. examples.Select(e => new Example(e.Line, e.Does))];
        return command;
    }

    /// <summary>Says what the command's exit codes mean, for one that scripts branch on.</summary>
    public static Command WithExitCodes(this Command command, params (int Code, string Meaning)[] codes)
    {
        Table.GetOrCreateValue(command).ExitCodes = [.. codes.Select(c => new ExitCodeNote(c.Code, c.Meaning))];
        return command;
    }

    /// <summary>Its examples.</summary>
    public static IReadOnlyList<Example> Examples(this Command command) => Table.TryGetValue(command, out Notes? notes) ? notes.Examples : [];

    /// <summary>Its exit codes; empty where those of the root say enough.</summary>
    public static IReadOnlyList<ExitCodeNote> ExitCodeNotes(this Command command) => Table.TryGetValue(command, out Notes? notes) ? notes.ExitCodes : [];

    /// <summary>Its name with those of the commands above it, as typed.</summary>
    public static string Path(this Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(Path).Append(command.Name));

    private sealed class Notes
    {
        public IReadOnlyList<Example> Examples { get; set; } = [];

        public IReadOnlyList<ExitCodeNote> ExitCodes { get; set; } = [];
    }
}
