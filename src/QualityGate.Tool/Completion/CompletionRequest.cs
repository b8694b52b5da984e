using System.CommandLine;
using System.Globalization;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Completion;

/// <summary>
/// What shells ask in the middle of typing. Three ways: <c>[suggest:POSITION] LINE</c>, as dotnet-suggest asks every program; <c>[complete:line]
/// LEFT</c> with all that stands left of the cursor, for bash; <c>[complete:N] WORDS CURRENT</c> with N words and the one at the cursor, which
/// may be missing when it is empty, for shells that know their own quotes.
/// </summary>
internal static class CompletionRequest
{
    private const string Program = "qualitygate";
    private const string Suggest = "[suggest";
    private const string Complete = "[complete:";

    /// <summary>Whether a shell asks.</summary>
    public static bool Is(string[] args) => args is [['[', .., ']'] directive, ..]
        && (directive == $"{Suggest}]" || directive.StartsWith($"{Suggest}:", StringComparison.Ordinal) || directive.StartsWith(Complete, StringComparison.Ordinal));

    /// <summary>Answers, and says nothing at all when there is nothing to say: a message would land in the line being typed.</summary>
    public static int Write(string[] args, Command root)
    {
        try
        {
            using StringWriter text = new();
            Write(args, root, text);
            StandardOutput.WriteText(text.ToString());
        }
#pragma warning disable CA1031 // Whatever goes wrong, the person is typing.
        catch (Exception)
#pragma warning restore CA1031
        {
            return ExitCodes.Pass;
        }

        return ExitCodes.Pass;
    }

    /// <summary>Answers.</summary>
    internal static void Write(string[] args, Command root, TextWriter writer)
    {
        string question = args[0][(args[0].IndexOf(':', StringComparison.Ordinal) + 1)..^1];
        if (args[0].StartsWith(Suggest, StringComparison.Ordinal))
        {
            (IReadOnlyList<string> before, string current) = Left(args.Length > 1 ? args[^1] : string.Empty, question);
            foreach (CompletionWord word in CompletionEngine.Answer(root, before, current).Words)
            {
                writer.Write(word.Text + "\n");
            }
        }
        else if (question == "line")
        {
            (IReadOnlyList<string> before, string current) = LineWords.Split(args[^1]);
            CompletionEngine.Answer(root, [.. before.Skip(1)], current).Write(writer);
        }
        else
        {
            int count = int.Parse(question, NumberStyles.None, CultureInfo.InvariantCulture);
            string current = args.Length > count + 1 ? args[count + 1] : string.Empty;
            CompletionEngine.Answer(root, args[1..(count + 1)], current).Write(writer);
        }
    }

    // dotnet-suggest takes the program's name off the line and cuts spaces at its end, but counts them.
    private static (IReadOnlyList<string> Before, string Current) Left(string line, string question)
    {
        int position = int.TryParse(question, NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : line.Length;
        string left = position <= line.Length ? line[..position] : $"{line} ";
        (IReadOnlyList<string> before, string current) = LineWords.Split(left);
        return before is [var first, ..] && Path.GetFileNameWithoutExtension(first) == Program ? ([.. before.Skip(1)], current) : (before, current);
    }
}
