namespace QualityGate.Images.Vips;

/// <summary>Encodes pixels with libvips: new files of nothing but the pixels.</summary>
internal static unsafe class VipsEncoder
{
    private const int Quality = 82;

    /// <summary>Pixels as a JPEG file without any metadata, or null when the library cannot write one.</summary>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="samples">Channels interleaved, rows from the top.</param>
    public static byte[]? Jpeg(int width, int height, int channels, ReadOnlySpan<byte> samples)
    {
        VipsLibrary.EnsureStarted();
        nint image, operation;
        fixed (byte* pixels = samples)
            image = VipsNative.NewImage(pixels, (nuint)samples.Length, width, height, channels, (int)VipsSample.UInt8);
        if (image == 0)
            return null;
        fixed (byte* name = "jpegsave_buffer\0"u8)
            operation = VipsNative.NewOperation(name);
        try
        {
            return operation == 0 ? null : Saved(operation, image);
        }
        finally
        {
            VipsNative.Unref(image);
            if (operation != 0)
                VipsNative.Unref(operation);
        }
    }

    private static byte[]? Saved(nint operation, nint image)
    {
        GValue value = default;
        VipsNative.InitValue(&value, VipsNative.ImageType());
        VipsNative.SetObject(&value, image);
        VipsImage.Set(operation, "in\0"u8, &value);
        value = default;
        VipsNative.InitValue(&value, VipsNative.TypeInt);
        VipsNative.SetInt(&value, Quality);
        VipsImage.Set(operation, "Q\0"u8, &value);
        value = default;
        VipsNative.InitValue(&value, VipsNative.TypeBoolean);
        VipsNative.SetBoolean(&value, 1);
        VipsImage.Set(operation, "strip\0"u8, &value);
        nint built = VipsNative.BuildOperation(operation);
        if (built == 0)
        {
            VipsNative.UnrefOutputs(operation);
            return null;
        }

        byte[]? bytes = Output(built);
        VipsNative.UnrefOutputs(built);
        VipsNative.Unref(built);
        return bytes;
    }

    private static byte[]? Output(nint operation)
    {
        GValue value = default;
        VipsNative.InitValue(&value, VipsNative.BlobType());
        fixed (byte* text = "buffer\0"u8)
            VipsNative.GetProperty(operation, text, &value);
        nint blob = VipsNative.GetBoxed(&value);
        nuint length = 0;
        byte[]? bytes = blob == 0 ? null : new ReadOnlySpan<byte>(VipsNative.BlobData(blob, &length), (int)length).ToArray();
        VipsNative.UnsetValue(&value);
        return bytes;
    }
}
