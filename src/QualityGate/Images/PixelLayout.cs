using System.Runtime.InteropServices;

namespace QualityGate.Images;

/// <summary>How a codec delivers pixels, and their way to 8-bit grey or RGB.</summary>
/// <param name="SampleBytes">1 or 2; two-byte samples are in the machine's byte order.</param>
/// <param name="Bands">Samples a pixel, alpha included: 1, 2 (grey), 3, 4 (RGB), 4, 5 (CMYK).</param>
/// <param name="IsCmyk">Whether the first four samples are inks, 255 being full.</param>
internal readonly record struct PixelLayout(int SampleBytes, int Bands, bool IsCmyk)
{
    /// <summary>Whether the alpha channel alone is wanted.</summary>
    public bool TakesAlpha { get; init; }

    /// <summary>Whether the last sample of a pixel is its opacity.</summary>
    public bool HasAlpha => Bands == (IsCmyk ? 5 : 4) || Bands == 2;

    /// <summary>Channels after the conversion, 1 or 3.</summary>
    public int Channels => TakesAlpha || Bands <= 2 ? 1 : 3;

    /// <summary>Bytes a pixel before the conversion.</summary>
    public int BytesPerPixel => SampleBytes * Bands;

    /// <summary>Whether there is nothing to convert.</summary>
    public bool IsFinal => SampleBytes == 1 && Bands == Channels && !IsCmyk;

    /// <summary>Converts whole pixels: 16 to 8 bits by <c>&gt;&gt; 8</c>, inks to RGB, alpha dropped.</summary>
    /// <param name="source">Pixels of this layout; 16-bit ones are narrowed in place.</param>
    /// <param name="destination">Receives <see cref="Channels"/> bytes a pixel.</param>
    public void Convert(Span<byte> source, Span<byte> destination)
    {
        Span<byte> narrow = SampleBytes == 2 ? Narrow(source) : source;
        if (TakesAlpha)
            KeepFirst(narrow[(Bands - 1)..], Bands, destination, 1);
        else if (IsCmyk)
            CmykToRgb(narrow, Bands, destination);
        else
            KeepFirst(narrow, Bands, destination, Channels);
    }

    private static Span<byte> Narrow(Span<byte> source)
    {
        Span<ushort> wide = MemoryMarshal.Cast<byte, ushort>(source);
        for (int i = 0; i < wide.Length; i++)
            source[i] = (byte)(wide[i] >> 8);
        return source[..wide.Length];
    }

    private static void KeepFirst(ReadOnlySpan<byte> source, int bands, Span<byte> destination, int channels)
    {
        for (int from = 0, to = 0; to < destination.Length; from += bands, to += channels)
        {
            for (int c = 0; c < channels; c++)
                destination[to + c] = source[from + c];
        }
    }

    /// <summary>Pillow's rule: what the black ink leaves of the white, less the share that the coloured ink takes of it.</summary>
    private static void CmykToRgb(ReadOnlySpan<byte> source, int bands, Span<byte> destination)
    {
        for (int from = 0, to = 0; to < destination.Length; from += bands, to += 3)
        {
            int white = 255 - source[from + 3];
            for (int c = 0; c < 3; c++)
                destination[to + c] = (byte)(white - DivideBy255(source[from + c] * white));
        }
    }

    /// <summary>Division by 255, rounded to nearest, for 0..65025.</summary>
    private static int DivideBy255(int value)
    {
        int biased = value + 128;
        return ((biased >> 8) + biased) >> 8;
    }
}
