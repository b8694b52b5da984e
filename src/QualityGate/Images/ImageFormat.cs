namespace QualityGate.Images;

/// <summary>File formats that are decoded, told apart by their first bytes and never by the file's name.</summary>
internal enum ImageFormat
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg,

    /// <summary>WebP, lossy or lossless.</summary>
    WebP,

    /// <summary>TIFF or BigTIFF.</summary>
    Tiff,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>Windows bitmap.</summary>
    Bmp,
}

/// <summary>Recognises formats.</summary>
internal static class ImageFormats
{
    /// <summary>The format that the first bytes announce.</summary>
    public static ImageFormat Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return ImageFormat.Png;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ImageFormat.Jpeg;
        if (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8))
            return ImageFormat.WebP;
        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) || bytes.StartsWith("II+\0"u8) || bytes.StartsWith("MM\0+"u8))
            return ImageFormat.Tiff;
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            return ImageFormat.Gif;
        return bytes.StartsWith("BM"u8) ? ImageFormat.Bmp : ImageFormat.Unknown;
    }

    /// <summary>What an unknown file looks like, for the message; null when it looks like nothing known.</summary>
    public static string? Guess(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "the file is empty";
        if (bytes.Length >= 12 && bytes[4..].StartsWith("ftyp"u8))
            return "it looks like HEIC or AVIF";
        if (bytes.StartsWith("PK\u0003\u0004"u8))
            return "it looks like a zip archive";
        if (bytes.StartsWith("version https://git-lfs"u8))
            return "it is a Git LFS pointer: fetch the files with `git lfs pull`";
        ReadOnlySpan<byte> text = bytes.TrimStart(" \t\r\n\uFEFF"u8);
        return text.StartsWith("<"u8) ? "it looks like SVG, XML or HTML" : null;
    }
}
