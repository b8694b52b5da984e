using System.CommandLine;
using System.Runtime.CompilerServices;

namespace QualityGate.Tool.Completion;

/// <summary>
/// Which paths a value completes to. Said where an option or argument is built; one that says nothing and has no words of its own
/// completes to any file, one whose value is called <c>DIR</c> to folders.
/// </summary>
/// <param name="Kind">Files or folders.</param>
/// <param name="Endings">Endings of the files that fit; empty for all.</param>
internal sealed record PathCompletion(PathKind Kind, IReadOnlyList<string> Endings)
{
    /// <summary>Nothing in the file system.</summary>
    public static readonly PathCompletion None = new(PathKind.None, []);

    /// <summary>Any file.</summary>
    public static readonly PathCompletion AnyFile = new(PathKind.Files, []);

    private static readonly PathCompletion Folders = new(PathKind.Folders, []);
    private static readonly ConditionalWeakTable<Symbol, PathCompletion> Table = [];

    /// <summary>What the value of an option or argument completes to.</summary>
    public static PathCompletion Of(Symbol symbol)
    {
        if (Table.TryGetValue(symbol, out PathCompletion? said))
        {
            return said;
        }

        (Type type, string? name, bool hasWords) = symbol switch
        {
            Option option => (option.ValueType, option.HelpName, option.CompletionSources.Count > 0),
            Argument argument => (argument.ValueType, argument.HelpName, argument.CompletionSources.Count > 0),
            _ => (typeof(void), null, false),
        };
        if (hasWords || (type != typeof(string) && type != typeof(string[])))
        {
            return None;
        }

        return name == "DIR" ? Folders : AnyFile;
    }

    /// <summary>Says that a value is a file, besides the words it completes to.</summary>
    /// <param name="symbol">An option or argument.</param>
    /// <param name="endings">Endings of the files that fit, such as <c>.yaml</c>; none for all.</param>
    public static void Files(Symbol symbol, params string[] endings) => Table.AddOrUpdate(symbol, new PathCompletion(PathKind.Files, endings));
}
