using System.CommandLine;

namespace QualityGate.Tool.Completion;

/// <summary>Says what values complete to, where they are declared.</summary>
internal static class CompletionExtensions
{
    /// <summary>The value is a file, besides the words it completes to.</summary>
    public static Option<T> CompletesFiles<T>(this Option<T> option, params string[] endings)
    {
        PathCompletion.Files(option, endings);
        return option;
    }

    /// <summary>The value is a file, besides the words it completes to.</summary>
    public static Argument<T> CompletesFiles<T>(this Argument<T> argument, params string[] endings)
    {
        PathCompletion.Files(argument, endings);
        return argument;
    }

    /// <summary>The value is most likely one of these words. Asked for only when a shell completes.</summary>
    public static Option<T> CompletesWords<T>(this Option<T> option, Func<IEnumerable<string>> words)
    {
        option.CompletionSources.Add(_ => words());
        return option;
    }

    /// <summary>The value is most likely one of these words. Asked for only when a shell completes.</summary>
    public static Argument<T> CompletesWords<T>(this Argument<T> argument, Func<IEnumerable<string>> words)
    {
        argument.CompletionSources.Add(_ => words());
        return argument;
    }
}
