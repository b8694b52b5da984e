using System.Runtime.InteropServices;

namespace QualityGate.Images.Vips;

/// <summary>
/// The few C functions of libvips and GObject that decoding needs. None is variadic: a variadic call has another calling
/// convention on some platforms, so options are set as GObject properties instead.
/// </summary>
internal static unsafe partial class VipsNative
{
    /// <summary>The name that <see cref="VipsLibrary"/> resolves.</summary>
    public const string Library = "libvips";

    /// <summary>GLib's number of the <c>gint</c> type (6 &lt;&lt; 2), fixed by its ABI.</summary>
    public const nuint TypeInt = 6 << 2;

    /// <summary>GLib's number of the <c>gboolean</c> type (5 &lt;&lt; 2), fixed by its ABI.</summary>
    public const nuint TypeBoolean = 5 << 2;

    [LibraryImport(Library, EntryPoint = "vips_init")]
    public static partial int Init(byte* programName);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    public static partial int Version(int part);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheMax(int operations);

    [LibraryImport(Library, EntryPoint = "vips_block_untrusted_set")]
    public static partial void BlockUntrusted(int state);

    [LibraryImport(Library, EntryPoint = "g_log_set_handler")]
    public static partial uint SetLogHandler(byte* domain, int levels, delegate* unmanaged<byte*, int, byte*, nint, void> handler, nint data);

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    public static partial byte* TakeErrorBuffer();

    [LibraryImport(Library, EntryPoint = "g_free")]
    public static partial void Free(void* memory);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(Library, EntryPoint = "g_object_set_property")]
    public static partial void SetProperty(nint instance, byte* name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property")]
    public static partial void GetProperty(nint instance, byte* name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    public static partial GValue* InitValue(GValue* value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    public static partial void UnsetValue(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_set_int")]
    public static partial void SetInt(GValue* value, int number);

    [LibraryImport(Library, EntryPoint = "g_value_set_boolean")]
    public static partial void SetBoolean(GValue* value, int truth);

    [LibraryImport(Library, EntryPoint = "g_value_set_enum")]
    public static partial void SetEnum(GValue* value, int number);

    [LibraryImport(Library, EntryPoint = "g_value_set_boxed")]
    public static partial void SetBoxed(GValue* value, nint boxed);

    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    public static partial nint GetBoxed(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    public static partial void SetObject(GValue* value, nint instance);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory_copy")]
    public static partial nint NewImage(byte* pixels, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    public static partial byte* BlobData(nint blob, nuint* length);

    [LibraryImport(Library, EntryPoint = "g_value_dup_object")]
    public static partial nint DupObject(GValue* value);

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    public static partial nuint BlobType();

    [LibraryImport(Library, EntryPoint = "vips_image_get_type")]
    public static partial nuint ImageType();

    [LibraryImport(Library, EntryPoint = "vips_access_get_type")]
    public static partial nuint AccessType();

    [LibraryImport(Library, EntryPoint = "vips_fail_on_get_type")]
    public static partial nuint FailOnType();

    [LibraryImport(Library, EntryPoint = "vips_blob_new")]
    public static partial nint NewBlob(nint freeFunction, byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    public static partial void UnrefArea(nint area);

    [LibraryImport(Library, EntryPoint = "vips_operation_new")]
    public static partial nint NewOperation(byte* name);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_build")]
    public static partial nint BuildOperation(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    public static partial void UnrefOutputs(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    public static partial int Width(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    public static partial int Height(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    public static partial int Bands(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    public static partial int Format(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    public static partial int Interpretation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    public static partial int Orientation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_region_new")]
    public static partial nint NewRegion(nint image);

    [LibraryImport(Library, EntryPoint = "vips_region_fetch")]
    public static partial byte* FetchRegion(nint region, int left, int top, int width, int height, nuint* length);
}
