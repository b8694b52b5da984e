namespace QualityGate.GitHub;

/// <summary>Names of archive entries that stay inside a folder on every system.</summary>
internal static class EntryName
{
    private const int MaximumLength = 1024;
    private const int MaximumPart = 200;

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    // What upload-artifact refuses in names as well; the colon also stands for drives and hidden streams.
    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create("\\:\"<>|*?");

    /// <summary>Why a name is refused, or null when it is good.</summary>
    /// <param name="name">With <c>/</c> between its parts; a folder's ends with one.</param>
    /// <param name="maximumDepth">Parts at most.</param>
    public static string? Fault(string name, int maximumDepth)
    {
        if (name.Length is 0 or > MaximumLength)
        {
            return "is empty or too long";
        }

        if (name.AsSpan().ContainsAny(Forbidden) || name.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
        {
            return "holds a character that file names may not have everywhere";
        }

        if (name[0] == '/')
        {
            return "is absolute";
        }

        string[] parts = name.TrimEnd('/').Split('/');
        return parts.Length > maximumDepth ? "lies too deep" : parts.Select(FaultOfPart).FirstOrDefault(fault => fault is not null);
    }

    private static string? FaultOfPart(string part) => part switch
    {
        ".." => "leads out of the archive",
        "" or "." => "has an empty part",
        { Length: > MaximumPart } => "is too long",
        _ when part[^1] is ' ' or '.' => "has a part that ends with a space or a dot",
        _ when IsDevice(part.Split('.')[0].TrimEnd()) => "is a device's",
        _ => null,
    };

    private static bool IsDevice(string stem) =>
        Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
        || (stem.Length == 4 && char.IsAsciiDigit(stem[3]) && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));
}
