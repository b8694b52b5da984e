namespace QualityGate.Tool.Hooks;

/// <summary>One line of what git tells a pre-push hook.</summary>
/// <param name="LocalSha">What is pushed.</param>
/// <param name="RemoteName">The name that it gets.</param>
/// <param name="RemoteSha">What the remote has there now.</param>
internal sealed record PushedRef(string LocalSha, string RemoteName, string RemoteSha)
{
    private const int MostRefs = 100_000;

    /// <summary>Whether the ref is deleted.</summary>
    public bool IsDeletion => IsZero(LocalSha);

    /// <summary>Whether the remote does not have it yet.</summary>
    public bool IsNew => IsZero(RemoteSha);

    /// <summary>Reads the lines.</summary>
    /// <returns>Null when one of them is not understood.</returns>
    public static IReadOnlyList<PushedRef>? ReadAll(TextReader reader)
    {
        List<PushedRef> refs = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            if (TryParse(line) is not { } pushed || refs.Count == MostRefs)
            {
                return null;
            }

            refs.Add(pushed);
        }

        return refs;
    }

    // The local name may be any expression, blanks included (HEAD@{5 minutes ago}), so the line is read from its end.
    private static PushedRef? TryParse(string line) =>
        line.TrimEnd('\r').Split(' ') is [_, .., var local, var name, var remote] words && words.Length >= 4 && IsSha(local) && IsSha(remote)
            ? new PushedRef(local, name, remote)
            : null;

    private static bool IsSha(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);

    private static bool IsZero(string sha) => sha.All(c => c == '0');
}
