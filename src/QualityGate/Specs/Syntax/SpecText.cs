using System.Text;
using QualityGate.Errors;

namespace QualityGate.Specs.Syntax;

/// <summary>Reads the text of a spec or recipe, bounded and strict, since the path may name anything.</summary>
internal static class SpecText
{
    /// <summary>1 MiB. A spec is a page.</summary>
    public const int LargestFile = 1 << 20;

    /// <summary>The file's text, or null with a problem added.</summary>
    /// <param name="path">The file.</param>
    /// <param name="namedAt">Where its name was written, or null for the command line.</param>
    /// <param name="problems">Where mistakes go.</param>
    public static string? Read(string path, SourceLocation? namedAt, ProblemList problems)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            var bytes = new byte[LargestFile + 1];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count <= LargestFile)
                return Decode(bytes.AsSpan(0, count), path, problems);
            problems.Add(SpecErrors.TooLarge, $"{Quoted.Text(path)} is larger than 1 MiB", namedAt);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(SpecErrors.Unreadable, $"{Quoted.Text(path)} does not exist", namedAt);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string why = Directory.Exists(path) ? "it is a folder" : e.Message;
            problems.Add(SpecErrors.Unreadable, $"{Quoted.Text(path)} cannot be read: {why}", namedAt);
        }

        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, string path, ProblemList problems)
    {
        try
        {
            string text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
            return text.TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            ReadOnlySpan<byte> before = bytes[..Math.Clamp(e.Index, 0, bytes.Length)];
            int lastBreak = before.LastIndexOf((byte)'\n');
            var location = new SourceLocation(path, before.Count((byte)'\n') + 1, before.Length - lastBreak);
            problems.Add(SpecErrors.Syntax, "the file is not UTF-8 text; save it as UTF-8", location);
            return null;
        }
    }
}
