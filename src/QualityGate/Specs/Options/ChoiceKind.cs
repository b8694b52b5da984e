using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>One of a few words.</summary>
/// <typeparam name="T">What a word stands for.</typeparam>
/// <param name="words">Words in the order they are shown, with their meaning.</param>
internal sealed class ChoiceKind<T>(params (string Word, T Meaning)[] words) : ValueKind<T>
{
    public override string Expected { get; } = $"one of {string.Join(", ", words.Select(w => w.Word))}";

    public override JsonNode? ShowDefault(T value) => JsonValue.Create(WordOf(value));

    public string WordOf(T meaning) => words.First(w => EqualityComparer<T>.Default.Equals(w.Meaning, meaning)).Word;

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. words.Select(w => JsonValue.Create(w.Word))]) };

    public override bool TryRead(SpecNode node, string name, ProblemList problems, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not ScalarNode scalar)
            return WrongType(node, name, problems);
        foreach ((string word, T meaning) in words)
        {
            // `none` and `true` are words here whatever YAML makes of them.
            if (word == scalar.Text)
            {
                value = meaning!;
                return true;
            }
        }

        string? near = NearestName.Find(scalar.Text, words.Select(w => w.Word));
        return WrongType(node, name, problems, near is null ? "" : $"; did you mean `{near}`?");
    }
}
