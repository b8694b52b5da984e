namespace QualityGate.Images.Vips;

/// <summary>How strictly a loader treats what it meets; libvips' <c>VipsFailOn</c>.</summary>
internal enum VipsFailOn
{
    /// <summary>Serious faults end the load: data that ends early, blocks whose checksum is wrong.</summary>
    Error = 2,

    /// <summary>Any complaint of the codec ends the load.</summary>
    Warning = 3,
}

/// <summary>Sample formats of libvips that are decoded here; the numbers are those of <c>VipsBandFormat</c>.</summary>
internal enum VipsSample
{
    /// <summary>8 bits, unsigned.</summary>
    UInt8 = 0,

    /// <summary>16 bits, unsigned.</summary>
    UInt16 = 2,
}

/// <summary>Meanings of pixels; the numbers are those of <c>VipsInterpretation</c>.</summary>
internal enum VipsMeaning
{
    /// <summary>Unknown bands.</summary>
    Multiband = 0,

    /// <summary>Grey.</summary>
    BlackAndWhite = 1,

    /// <summary>Cyan, magenta, yellow, black.</summary>
    Cmyk = 15,

    /// <summary>Unmanaged RGB.</summary>
    Rgb = 17,

    /// <summary>sRGB.</summary>
    Srgb = 22,

    /// <summary>16-bit RGB.</summary>
    Rgb16 = 25,

    /// <summary>16-bit grey.</summary>
    Grey16 = 26,
}

/// <summary>
/// One image that libvips has opened: the header is read, the pixels not yet. The bytes it was opened on must stay pinned
/// until it is disposed. One thread at a time.
/// </summary>
internal sealed unsafe class VipsImage : IDisposable
{
    private const int SequentialAccess = 1;

    private nint _image;

    private VipsImage(nint image) => _image = image;

    public int Width => VipsNative.Width(_image);

    public int Height => VipsNative.Height(_image);

    public int Bands => VipsNative.Bands(_image);

    /// <summary>Number of the sample format; see <see cref="VipsSample"/>.</summary>
    public int SampleFormat => VipsNative.Format(_image);

    /// <summary>Number of the meaning; see <see cref="VipsMeaning"/>.</summary>
    public int Meaning => VipsNative.Interpretation(_image);

    /// <summary>EXIF orientation, 1 to 8, 1 when there is none.</summary>
    public int Orientation => VipsNative.Orientation(_image);

    /// <summary>Opens an image with one loader.</summary>
    /// <param name="loader">Name of the loader, NUL at its end, such as <c>pngload_buffer</c>.</param>
    /// <param name="bytes">The file's bytes, pinned.</param>
    /// <param name="length">How many.</param>
    /// <param name="failOn">How strict to be.</param>
    /// <returns>The image, or null when the loader refused it; <see cref="VipsLibrary.TakeErrors"/> says why.</returns>
    public static VipsImage? Open(ReadOnlySpan<byte> loader, byte* bytes, int length, VipsFailOn failOn)
    {
        nint operation;
        fixed (byte* name = loader)
            operation = VipsNative.NewOperation(name);
        if (operation == 0)
            return null;
        try
        {
            SetBuffer(operation, bytes, length);
            SetEnum(operation, "access\0"u8, VipsNative.AccessType(), SequentialAccess);
            SetEnum(operation, "fail-on\0"u8, VipsNative.FailOnType(), (int)failOn);
            nint built = VipsNative.BuildOperation(operation);
            if (built == 0)
            {
                VipsNative.UnrefOutputs(operation);
                return null;
            }

            var image = new VipsImage(TakeOutput(built));
            VipsNative.UnrefOutputs(built);
            VipsNative.Unref(built); // a reference of its own, even when it is the same operation
            return image;
        }
        finally
        {
            VipsNative.Unref(operation);
        }
    }

    /// <summary>Decodes rows. Rows must be asked for from the top down, as the codecs deliver them.</summary>
    /// <param name="region">The window of <see cref="OpenRegion"/>.</param>
    /// <param name="top">First row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="destination">Receives the rows as libvips holds them, bands interleaved.</param>
    /// <returns>False when the codec failed; <see cref="VipsLibrary.TakeErrors"/> says why.</returns>
    public bool TryReadRows(nint region, int top, int rows, Span<byte> destination)
    {
        nuint length;
        byte* pixels = VipsNative.FetchRegion(region, 0, top, Width, rows, &length);
        if (pixels is null)
            return false;
        bool fits = length == (nuint)destination.Length;
        if (fits)
            new ReadOnlySpan<byte>(pixels, destination.Length).CopyTo(destination);
        VipsNative.Free(pixels);
        return fits;
    }

    /// <summary>A window through which <see cref="TryReadRows"/> reads; give it back to <see cref="CloseRegion"/>.</summary>
    public nint OpenRegion() => VipsNative.NewRegion(_image);

    /// <summary>Closes a window.</summary>
    public static void CloseRegion(nint region)
    {
        if (region != 0)
            VipsNative.Unref(region);
    }

    public void Dispose()
    {
        if (_image != 0)
            VipsNative.Unref(_image);
        _image = 0;
    }

    private static void SetBuffer(nint operation, byte* bytes, int length)
    {
        nint blob = VipsNative.NewBlob(0, bytes, (nuint)length);
        GValue value = default;
        VipsNative.InitValue(&value, VipsNative.BlobType());
        VipsNative.SetBoxed(&value, blob);
        VipsNative.UnrefArea(blob);
        Set(operation, "buffer\0"u8, &value);
    }

    private static void SetEnum(nint operation, ReadOnlySpan<byte> name, nuint type, int number)
    {
        GValue value = default;
        VipsNative.InitValue(&value, type);
        VipsNative.SetEnum(&value, number);
        Set(operation, name, &value);
    }

    internal static void Set(nint operation, ReadOnlySpan<byte> name, GValue* value)
    {
        fixed (byte* text = name)
            VipsNative.SetProperty(operation, text, value);
        VipsNative.UnsetValue(value);
    }

    private static nint TakeOutput(nint operation)
    {
        GValue value = default;
        VipsNative.InitValue(&value, VipsNative.ImageType());
        fixed (byte* text = "out\0"u8)
            VipsNative.GetProperty(operation, text, &value);
        nint image = VipsNative.DupObject(&value);
        VipsNative.UnsetValue(&value);
        return image;
    }
}
