using QualityGate.Specs;

namespace QualityGate.Tool.Commands;

/// <summary>The words that would have been right, in a sentence.</summary>
internal static class ChoiceText
{
    /// <summary><c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    /// <summary>The end of the sentence: <c>; did you mean `b`?</c>, or a full stop.</summary>
    public static string Nearest(string written, IEnumerable<string> words) =>
        NearestName.Find(written, words) is { } near ? $"; did you mean `{near}`?" : ".";
}
