using System.Text;
using System.Text.RegularExpressions;

namespace QualityGate.Images;

/// <summary>
/// A path with wildcards: <c>*</c> any run of characters within one part, <c>?</c> one such character, <c>**</c> any number of
/// whole parts, <c>{a,b}</c> one of the choices (not nested). Parts are separated by <c>/</c>. Case counts.
/// </summary>
internal sealed class PathPattern
{
    private readonly Regex _regex;

    private PathPattern(string root, Regex regex)
    {
        Root = root;
        _regex = regex;
    }

    /// <summary>The leading parts that hold no wildcard: where to search, and what ids are relative to.</summary>
    public string Root { get; }

    /// <summary>Whether the text holds a wildcard.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?', '{');

    /// <summary>Reads a pattern.</summary>
    public static PathPattern Parse(string pattern)
    {
        string[] parts = Normalise(pattern).Split('/');
        int wild = Array.FindIndex(parts, IsPattern);
        if (wild < 0)
            wild = parts.Length - 1;
        string root = string.Join('/', parts[..wild]);
        if (root.Length == 0)
            root = wild > 0 ? "/" : ".";
        return new PathPattern(root, Compile(parts[wild..]));
    }

    /// <summary>Whether a path relative to <see cref="Root"/> fits.</summary>
    public bool IsMatch(string relativePath) => _regex.IsMatch(relativePath);

    private static string Normalise(string pattern) =>
        Path.DirectorySeparatorChar == '\\' ? pattern.Replace('\\', '/') : pattern;

    private static Regex Compile(string[] parts)
    {
        var text = new StringBuilder("^");
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            if (parts[i] == "**")
                text.Append(last ? ".*" : "(?:[^/]+/)*");
            else
                AppendPart(text, parts[i]).Append(last ? string.Empty : "/");
        }

        // The non-backtracking engine is linear in the path's length whatever the pattern.
        return new Regex(text.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    private static StringBuilder AppendPart(StringBuilder text, string part)
    {
        bool inChoice = false;
        for (int i = 0; i < part.Length; i++)
        {
            char c = part[i];
            bool opens = c == '{' && !inChoice && part.IndexOf('}', i) > 0;
            bool closes = c == '}' && inChoice;
            inChoice = opens || (inChoice && !closes);
            text.Append((c, opens, closes, inChoice) switch
            {
                ('*', _, _, _) => "[^/]*",
                ('?', _, _, _) => "[^/]",
                (_, true, _, _) => "(?:",
                (_, _, true, _) => ")",
                (',', _, _, true) => "|",
                _ => Regex.Escape(c.ToString()),
            });
        }

        return text;
    }
}
