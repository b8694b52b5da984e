namespace QualityGate.Tool.Completion;

/// <summary>One word that may stand at the cursor.</summary>
/// <param name="Text">The whole word, without quotes.</param>
/// <param name="Description">What it is, in one line; may be empty.</param>
internal readonly record struct CompletionWord(string Text, string Description);

/// <summary>What may stand at the cursor.</summary>
/// <param name="Current">The word at the cursor as far as it is written, without quotes.</param>
/// <param name="Words">Words that begin with it.</param>
/// <param name="Paths">What the shell should complete it to besides.</param>
/// <param name="PathPrefix">What stands before the path in the word, such as <c>json=</c>.</param>
internal sealed record CompletionAnswer(string Current, IReadOnlyList<CompletionWord> Words, PathCompletion Paths, string PathPrefix)
{
    /// <summary>
    /// Writes it for the shells' scripts: the kind of paths and the endings that fit, the current word, what stands before the path, then a
    /// line for each word with its description after a tab.
    /// </summary>
    public void Write(TextWriter writer)
    {
        writer.Write(string.Join(' ', Paths.Endings.Prepend(Paths.Kind.ToString().ToLowerInvariant())) + "\n");
        writer.Write(OneLine(Current) + "\n");
        writer.Write(OneLine(PathPrefix) + "\n");
        foreach (CompletionWord word in Words)
        {
            writer.Write(word.Description.Length == 0 ? $"{OneLine(word.Text)}\n" : $"{OneLine(word.Text)}\t{OneLine(word.Description)}\n");
        }
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
