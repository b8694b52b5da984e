using System.CommandLine;
using System.CommandLine.Parsing;

namespace QualityGate.Tool.Commands;

/// <summary>Options whose value is one word of a few, written in small letters.</summary>
internal static class Choice
{
    /// <summary>An option that takes the names of an enumeration.</summary>
    /// <param name="preset">What holds when it is not given.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="firstLetters">Whether the first letter of a word will do.</param>
    /// <param name="names">Its name and short names.</param>
    public static Option<T> Of<T>(T preset, string description, bool firstLetters, params string[] names)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];
        Option<T> option = new(names[0], names[1..])
        {
            Description = description,
            DefaultValueFactory = _ => preset,
            CustomParser = result => Parse<T>(result, firstLetters, words, names[0]),
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }

    private static T Parse<T>(ArgumentResult result, bool firstLetters, string[] words, string name)
        where T : struct, Enum
    {
        string written = result.Tokens[^1].Value, small = written.ToLowerInvariant();
        string? meant = Array.Find(words, w => w == small || (firstLetters && small.Length == 1 && w[0] == small[0]));
        if (meant is not null)
        {
            return Enum.Parse<T>(meant, ignoreCase: true);
        }

        result.AddError($"{name} is `{written}`, expected {ChoiceText.Or(words)}{ChoiceText.Nearest(written, words)}");
        return default;
    }
}
