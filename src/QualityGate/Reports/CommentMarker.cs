using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace QualityGate.Reports;

/// <summary>
/// The hidden first lines of a comment, by which it is found again. They stand first so that no shortening can cut them off.
/// </summary>
public static partial class CommentMarker
{
    private const int MostNameLetters = 60;

    /// <summary>The marker of an id: the same text for the same id, whatever is in it.</summary>
    /// <param name="id">Such as the spec's path.</param>
    public static string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..12];

        // Two hyphens would end the hidden part in some readers; the hash tells apart what looks alike.
        string name = string.Concat(id.Take(MostNameLetters).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' ? c : '_'));
        return $"<!-- qualitygate:{name}:{hash} -->";
    }

    /// <summary>Which run wrote a comment, or null when it does not say.</summary>
    /// <param name="body">The comment's text.</param>
    public static RunOrder? RunOf(string body) =>
        Run().Match(body) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int attempt)
            ? new RunOrder(number, attempt)
            : null;

    internal static string Of(RunOrder run) => string.Create(CultureInfo.InvariantCulture, $"<!-- qualitygate-run:{run.Number}/{run.Attempt} -->");

    [GeneratedRegex(@"<!-- qualitygate-run:(\d{1,18})/(\d{1,9}) -->")]
    private static partial Regex Run();
}
