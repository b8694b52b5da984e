using System.Buffers.Binary;

namespace QualityGate.Images;

/// <summary>The segments of a JPEG file (ITU-T T.81, annex B), as far as finding stray bytes between them needs.</summary>
internal static class JpegSegments
{
    private const byte Marker = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>
    /// The file without bytes that lie between two segments and belong to neither. Some cameras and editors leave such bytes;
    /// every decoder skips them, and the pixels are whole.
    /// </summary>
    /// <returns>A cleaned copy, or null when there was nothing to remove or the structure is broken.</returns>
    public static byte[]? WithoutStrayBytes(ReadOnlySpan<byte> bytes)
    {
        var clean = new byte[bytes.Length];
        bytes[..2].CopyTo(clean);
        int kept = 2;
        int at = 2;
        while (at < bytes.Length)
        {
            at += Math.Max(0, bytes[at..].IndexOf(Marker));
            int end = SegmentEnd(bytes, at);
            if (bytes[at] != Marker || end < 0)
                return null;
            bytes[at..end].CopyTo(clean.AsSpan(kept));
            kept += end - at;
            if (bytes[at + 1] == EndOfImage)
                return kept < end ? clean[..kept] : null;
            at = end;
        }

        return null;
    }

    /// <summary>Where the segment that begins at a marker ends, a scan's coded data included; -1 when it is cut short.</summary>
    private static int SegmentEnd(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + 2 > bytes.Length)
            return -1;
        byte kind = bytes[at + 1];
        if (kind is EndOfImage or Marker)
            return kind == Marker ? at + 1 : at + 2; // a fill byte, or the end
        if (at + 4 > bytes.Length)
            return -1;
        int end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        if (end < at + 4 || end > bytes.Length)
            return -1;
        return kind == StartOfScan ? ScanEnd(bytes, end) : end;
    }

    private static int ScanEnd(ReadOnlySpan<byte> bytes, int at)
    {
        for (; at + 1 < bytes.Length; at++)
        {
            // Within a scan 0xFF is followed by 0 (a data byte) or by a restart marker.
            if (bytes[at] == Marker && bytes[at + 1] is not (0 or Marker or (>= 0xD0 and <= 0xD7)))
                return at;
        }

        return -1;
    }
}
