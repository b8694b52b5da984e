using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace QualityGate.Numerics.Engine;

/// <summary>
/// A folder with another build of ONNX Runtime, or with its CUDA provider, that the user names in <c>QUALITYGATE_ORT_DIR</c>: the GPU libraries are
/// larger than a package may be.
/// </summary>
public static class OnnxRuntimeFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "QUALITYGATE_ORT_DIR";

    private const string BindingLibrary = "onnxruntime";

    /// <summary>The folder, or null when none is named.</summary>
    public static string? Path => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? System.IO.Path.GetFullPath(path) : null;

    /// <summary>Path of the CUDA provider in the folder, or null when there is none.</summary>
    public static string? CudaProvider => File("onnxruntime_providers_cuda");

    /// <summary>A library of the folder by its plain name, or null when it is not there.</summary>
    internal static string? File(string library)
    {
        string name = OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
        return Path is { } folder && System.IO.File.Exists(System.IO.Path.Combine(folder, name)) ? System.IO.Path.Combine(folder, name) : null;
    }

    /// <summary>Before anything of ONNX Runtime is called: whoever calls first decides which library is loaded.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The ModuleInitializer attribute should not be used in libraries", Justification = "The choice must be made before the first call, wherever that is; without the variable nothing happens.")]
    internal static void Use()
    {
        if (File(BindingLibrary) is { } library) Redirect(library);
    }

    // Of its own, so that the binding's assembly is loaded only when it is redirected.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Redirect(string library)
    {
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(
            typeof(OrtEnv).Assembly, (name, _, _) => name == BindingLibrary ? NativeLibrary.Load(library) : IntPtr.Zero);
    }
}
