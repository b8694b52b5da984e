namespace QualityGate.Images;

/// <summary>RGB to grey, ITU-R 601-2 luma in 16-bit fixed point, equal to Pillow's <c>convert("L")</c>.</summary>
internal static class Luma
{
    private const int Red = 19595;
    private const int Green = 38470;
    private const int Blue = 7471;
    private const int Half = 0x8000;

    /// <summary>Converts whole pixels.</summary>
    /// <param name="rgb">Three bytes a pixel.</param>
    /// <param name="gray">One byte a pixel.</param>
    public static void FromRgb(ReadOnlySpan<byte> rgb, Span<byte> gray)
    {
        for (int i = 0, p = 0; i < gray.Length; i++, p += 3)
            gray[i] = (byte)(((rgb[p] * Red) + (rgb[p + 1] * Green) + (rgb[p + 2] * Blue) + Half) >> 16);
    }
}
