using System.Reflection;
using System.Runtime.InteropServices;
using QualityGate.Errors;

namespace QualityGate.Images.Vips;

/// <summary>Finds and starts libvips, once a process. The only place that registers a native resolver for this assembly.</summary>
internal static unsafe class VipsLibrary
{
    private const int WarningsAndBelow = (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7);

    private static readonly Lock StartLock = new();
    private static readonly Lock ErrorLock = new();

    /// <summary>What the JPEG loader reported on this thread: it logs "read gave N warnings" when it closes its codec.</summary>
    [ThreadStatic]
    private static int _codecWarnings;

    private static volatile bool _started;
    private static bool _resolverRegistered;

    /// <summary>Whether a codec that this thread closed had complained since <see cref="ForgetCodecWarnings"/>.</summary>
    public static bool SawCodecWarnings => _codecWarnings > 0;

    /// <summary>Starts libvips if no thread has yet.</summary>
    /// <exception cref="UserErrorException">The native library is missing or does not start (QG4009).</exception>
    public static void EnsureStarted()
    {
        if (_started)
            return;
        lock (StartLock)
        {
            if (_started)
                return;
            RegisterResolver();
            try
            {
                Start();
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
            {
                throw new UserErrorException(
                    DataErrors.ImageLibraryMissing,
                    $"libvips, which decodes images, could not be loaded for {RuntimeInformation.RuntimeIdentifier}: {e.Message}",
                    innerException: e);
            }

            _started = true;
        }
    }

    /// <summary>Reads and empties libvips' error buffer, which all threads share: a message may hold another thread's words.</summary>
    public static string TakeErrors()
    {
        byte* text;
        lock (ErrorLock)
            text = VipsNative.TakeErrorBuffer();
        string message = Marshal.PtrToStringUTF8((nint)text) ?? string.Empty;
        VipsNative.Free(text);
        return message.Trim().ReplaceLineEndings("; ");
    }

    /// <summary>Begins a new count for this thread.</summary>
    public static void ForgetCodecWarnings() => _codecWarnings = 0;

    private static void Start()
    {
        fixed (byte* name = "qualitygate\0"u8)
        {
            if (VipsNative.Init(name) != 0)
                throw new UserErrorException(DataErrors.ImageLibraryMissing, $"libvips did not start: {TakeErrors()}");
        }

        // Work is spread over images, so one image uses one thread; and no image is decoded twice, so nothing is cached.
        VipsNative.SetConcurrency(1);
        VipsNative.SetCacheMax(0);
        VipsNative.BlockUntrusted(1);
        fixed (byte* domain = "VIPS\0"u8)
            _ = VipsNative.SetLogHandler(domain, WarningsAndBelow, &HearMessage, 0);
    }

    /// <summary>Called by GLib in place of writing to the terminal, where a warning about one file has no business.</summary>
    [UnmanagedCallersOnly]
    private static void HearMessage(byte* domain, int level, byte* message, nint data)
    {
        if (message is not null && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message).StartsWith("read gave "u8))
            _codecWarnings++;
    }

    private static void RegisterResolver()
    {
        if (_resolverRegistered)
            return;
        NativeLibrary.SetDllImportResolver(typeof(VipsLibrary).Assembly, Resolve);
        _resolverRegistered = true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != VipsNative.Library)
            return 0;
        foreach (string candidate in Candidates(assembly))
        {
            if (NativeLibrary.TryLoad(candidate, out nint handle))
                return handle;
        }

        return 0;
    }

    private static IEnumerable<string> Candidates(Assembly assembly)
    {
        string file = OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.dylib" : "libvips.so";
        string beside = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        foreach (string root in new[] { AppContext.BaseDirectory, beside }.Distinct(StringComparer.Ordinal))
        {
            yield return Path.Combine(root, "runtimes", PortableRuntimeIdentifier(), "native", file);
            yield return Path.Combine(root, file);
        }

        foreach (string installed in new[] { "libvips-cpp.so.42", "libvips.so.42", "libvips.42.dylib", "libvips-42.dll" })
            yield return installed;
    }

    /// <summary>The runtime identifier without a distribution's name, since the natives are built once a platform.</summary>
    private static string PortableRuntimeIdentifier()
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string libc = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "-musl" : string.Empty;
        return $"{system}{libc}-{Architecture()}";
    }

    private static string Architecture() => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.X86 => "x86",
        var other => other.ToString().ToUpperInvariant(),
    };
}
