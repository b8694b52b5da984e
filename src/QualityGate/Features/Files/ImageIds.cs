using System.Text;
using QualityGate.Errors;

namespace QualityGate.Features.Files;

/// <summary>
/// The <c>ids</c> tensor: UTF-8 lines joined by line feeds. A line feed, carriage return or backslash inside an id is written
/// <c>\n</c>, <c>\r</c>, <c>\\</c>, so that any file name survives.
/// </summary>
internal static class ImageIds
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Ids to bytes.</summary>
    public static byte[] Encode(IReadOnlyList<string> ids)
    {
        IEnumerable<string> lines = ids.Select(id => id
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal));

        // Names that are not valid text (lone surrogates) are written with replacement characters.
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    /// <summary>Bytes to exactly <paramref name="count"/> ids.</summary>
    /// <exception cref="UserErrorException">There are more or fewer, or the bytes are not UTF-8.</exception>
    public static string[] Decode(ReadOnlySpan<byte> bytes, int count, string path)
    {
        try
        {
            string[] ids = Strict.GetString(bytes).Split('\n');
            return ids.Length == count
                ? Array.ConvertAll(ids, Unescape)
                : throw FeatureFileErrors.Damaged(path, $"it has {ids.Length} ids for {count} images");
        }
        catch (DecoderFallbackException exception)
        {
            throw FeatureFileErrors.Damaged(path, "its ids are not UTF-8", exception);
        }
    }

    private static string Unescape(string line)
    {
        if (!line.Contains('\\'))
        {
            return line;
        }

        StringBuilder text = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            char? meant = line[i] != '\\' || i + 1 == line.Length ? null : line[i + 1] switch
            {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => null,
            };
            text.Append(meant ?? line[i]);
            i += meant is null ? 0 : 1;
        }

        return text.ToString();
    }
}
