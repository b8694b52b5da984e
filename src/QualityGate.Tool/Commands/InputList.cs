using System.Text;
using QualityGate.Features.Files;
using QualityGate.Specs;
using QualityGate.Tool.Hooks;

namespace QualityGate.Tool.Commands;

/// <summary>
/// What a spec depends on, as a list that MSBuild reads: files as they are, folders as patterns, joined by semicolons, with the characters
/// that mean something to MSBuild written as <c>%XX</c>.
/// </summary>
internal static class InputList
{
    private const string Special = "%*?@$();'";

    /// <summary>Writes the list, wholly or not at all.</summary>
    public static void Write(string path, GateSpec spec) => AtomicFile.WriteText(path, string.Join(';', Of(spec)));

    /// <summary>The entries, each once.</summary>
    public static IEnumerable<string> Of(GateSpec spec) => WatchedPath.Of(spec).SelectMany(Of).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Of(WatchedPath watched) => watched.IsSet && Directory.Exists(watched.Root)
        ? [Escape(Path.TrimEndingDirectorySeparator(watched.Root)) + "/**/*"]
        : watched.Listed.Where(File.Exists).Select(Escape).Prepend(IfThere(watched.Root));

    // A file that is not there would always count as changed. As a pattern it is there once it appears.
    private static string IfThere(string path) => Escape(path[..^1]) + "?";

    private static string Escape(string path)
    {
        StringBuilder escaped = new(path.Length);
        foreach (char c in path)
        {
            if (Special.Contains(c, StringComparison.Ordinal))
                escaped.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
