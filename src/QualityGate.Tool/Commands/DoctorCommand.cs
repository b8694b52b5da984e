using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using QualityGate.Errors;
using QualityGate.Features.Cache;
using QualityGate.Images;
using QualityGate.Numerics.Engine;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate doctor</c>: what works on this machine, one line each.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        Option<string?> cache = new("--cache") { Description = "Folder of the feature cache. Default: the user's cache folder.", HelpName = "DIR" };
        Command command = new("doctor", "Say what works on this machine and what is missing.") { cache };
        command.SetAction(parsed => Run(parsed.GetValue(cache) ?? CacheFolder.Default()));
        return command
            .WithExitCodes((ExitCodes.Pass, "all that is needed works"), (ExitCodes.CannotJudge, "something is missing"))
            .WithExamples(("qualitygate doctor", "After an installation, or for a bug report"));
    }

    private static int Run(string cacheFolder)
    {
        bool works = true;
        Console.Out.WriteLine($"qualitygate   {ToolVersion.Text}");
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"machine       {RuntimeInformation.RuntimeIdentifier}, .NET {Environment.Version}, {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB"));
        works &= Try("ONNX Runtime", () => $"{OnnxRuntimeInfo.Version} ({string.Join(", ", OnnxRuntimeInfo.Providers)})");
        works &= Try("libvips", () => $"{ImageLibraryInfo.Version} (png, jpeg, webp, tiff, gif; bmp by an own reader)");
        works &= Try("cache", () => Describe(cacheFolder));
        GpuDiagnosis.Write(Console.Out);
        return works ? ExitCodes.Pass : ExitCodes.CannotJudge;
    }

    private static string Describe(string folder)
    {
        FeatureCacheInfo info = CacheFolder.Info(folder);
        return string.Create(CultureInfo.InvariantCulture, $"{folder} ({info.Entries} images, {info.Bytes / 1e6:0.0} MB)");
    }

    private static bool Try(string part, Func<string> describe)
    {
        try
        {
            Console.Out.WriteLine($"{part,-14}{describe()}");
            return true;
        }
        catch (Exception failure) when (failure is UserErrorException or DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            Console.Out.WriteLine($"{part,-14}MISSING: {failure.GetBaseException().Message}");
            return false;
        }
    }
}
