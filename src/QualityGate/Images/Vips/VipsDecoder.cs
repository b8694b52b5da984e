using System.Buffers;
using QualityGate.Errors;

namespace QualityGate.Images.Vips;

/// <summary>Decodes with libvips: one direct loader a format, no search, rows straight from the codec.</summary>
internal static unsafe class VipsDecoder
{
    /// <summary>Rows fetched at a time: enough that a call's cost vanishes, small enough to stay in the processor's cache.</summary>
    private const int BytesPerFetch = 256 << 10;

    /// <summary>Decodes one image of a known format.</summary>
    public static DecodedImage Decode(ImageFormat format, ReadOnlySpan<byte> bytes, string id, DecodeOptions options)
    {
        VipsLibrary.EnsureStarted();
        DecodedImage? image = TryDecode(format, bytes, id, options);
        if (image is null && format == ImageFormat.Jpeg && JpegSegments.WithoutStrayBytes(bytes) is { } clean)
            image = TryDecode(format, clean, id, options);
        return image ?? throw Damaged(format, bytes.Length, id);
    }

    /// <summary>Decodes the alpha channel alone; null when there is none.</summary>
    public static DecodedImage? DecodeAlpha(ImageFormat format, ReadOnlySpan<byte> bytes, string id, DecodeOptions options)
    {
        VipsLibrary.EnsureStarted();
        fixed (byte* pinned = bytes)
        {
            using VipsImage source = VipsImage.Open(Loader(format), pinned, bytes.Length, VipsFailOn.Error) ?? throw Damaged(format, bytes.Length, id);
            ImageDecoder.CheckSize(id, source.Height, source.Width, options);
            PixelLayout layout = Layout(source, id);
            if (!layout.HasAlpha)
                return null;
            layout = layout with { TakesAlpha = true };
            DecodedImage alpha = DecodedImage.Rent(id, source.Height, source.Width, 1);
            if (TryRead(source, layout, alpha))
                return options.ApplyOrientation ? Orientation.Apply(alpha, source.Orientation) : alpha;
            alpha.Dispose();
            throw Damaged(format, bytes.Length, id);
        }
    }

    private static DecodedImage? TryDecode(ImageFormat format, ReadOnlySpan<byte> bytes, string id, DecodeOptions options)
    {
        // libjpeg reports lost blocks as mere warnings, so for JPEG a warning is a fault. Those of the last rows are counted
        // only when the codec is closed, hence the look at them after that.
        VipsFailOn strictness = format == ImageFormat.Jpeg ? VipsFailOn.Warning : VipsFailOn.Error;
        VipsLibrary.ForgetCodecWarnings();
        DecodedImage? image = TryRead(format, bytes, strictness, id, options);
        if (image is null || strictness != VipsFailOn.Warning || !VipsLibrary.SawCodecWarnings)
            return image;
        image.Dispose();
        return null;
    }

    private static DecodedImage? TryRead(ImageFormat format, ReadOnlySpan<byte> bytes, VipsFailOn failOn, string id, DecodeOptions options)
    {
        fixed (byte* pinned = bytes)
        {
            using VipsImage? source = VipsImage.Open(Loader(format), pinned, bytes.Length, failOn);
            if (source is null)
                return null;
            ImageDecoder.CheckSize(id, source.Height, source.Width, options);
            PixelLayout layout = Layout(source, id);
            DecodedImage image = DecodedImage.Rent(id, source.Height, source.Width, layout.Channels);
            if (TryRead(source, layout, image))
                return options.ApplyOrientation ? Orientation.Apply(image, source.Orientation) : image;
            image.Dispose();
            return null;
        }
    }

    /// <summary>The error. The library's own words may be another thread's, so they are kept out of the message.</summary>
    private static UserErrorException Damaged(ImageFormat format, int length, string id) => ImageDecoder.Unreadable(
        id, $"its {format} data are damaged or end early (the file has {length:N0} bytes)", new InvalidDataException(VipsLibrary.TakeErrors()));

    private static bool TryRead(VipsImage source, PixelLayout layout, DecodedImage image)
    {
        int stride = checked(source.Width * layout.BytesPerPixel);
        int rowsPerFetch = Math.Clamp(BytesPerFetch / stride, 1, source.Height);
        byte[]? scratch = layout.IsFinal ? null : ArrayPool<byte>.Shared.Rent(rowsPerFetch * stride);
        nint region = source.OpenRegion();
        try
        {
            int outputStride = image.Width * image.Channels;
            for (int top = 0; top < image.Height; top += rowsPerFetch)
            {
                int rows = Math.Min(rowsPerFetch, image.Height - top);
                Span<byte> output = image.Writable.Slice(top * outputStride, rows * outputStride);
                Span<byte> fetched = scratch is null ? output : scratch.AsSpan(0, rows * stride);
                if (!source.TryReadRows(region, top, rows, fetched))
                    return false;
                if (scratch is not null)
                    layout.Convert(fetched, output);
            }

            return true;
        }
        finally
        {
            VipsImage.CloseRegion(region);
            if (scratch is not null)
                ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static PixelLayout Layout(VipsImage image, string id)
    {
        int sampleBytes = (VipsSample)image.SampleFormat switch
        {
            VipsSample.UInt8 => 1,
            VipsSample.UInt16 => 2,
            _ => throw ImageDecoder.Unsupported(id, "its samples are neither 8-bit nor 16-bit unsigned numbers"),
        };
        return ((VipsMeaning)image.Meaning, image.Bands) switch
        {
            (VipsMeaning.Cmyk, 4 or 5) => new PixelLayout(sampleBytes, image.Bands, IsCmyk: true),
            (VipsMeaning.BlackAndWhite or VipsMeaning.Grey16 or VipsMeaning.Multiband, 1 or 2) or
            (VipsMeaning.Rgb or VipsMeaning.Srgb or VipsMeaning.Rgb16 or VipsMeaning.Multiband, 3 or 4)
                => new PixelLayout(sampleBytes, image.Bands, IsCmyk: false),
            _ => throw ImageDecoder.Unsupported(id, $"it has {image.Bands} channels that are neither grey, RGB nor CMYK"),
        };
    }

    private static ReadOnlySpan<byte> Loader(ImageFormat format) => format switch
    {
        ImageFormat.Png => "pngload_buffer\0"u8,
        ImageFormat.Jpeg => "jpegload_buffer\0"u8,
        ImageFormat.WebP => "webpload_buffer\0"u8,
        ImageFormat.Tiff => "tiffload_buffer\0"u8,
        ImageFormat.Gif => "gifload_buffer\0"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No loader for this format."),
    };
}
