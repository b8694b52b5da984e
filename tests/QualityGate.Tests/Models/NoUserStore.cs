using System.Runtime.CompilerServices;

namespace QualityGate.Tests.Models;

/// <summary>Tests see no model of whoever runs them.</summary>
internal static class NoUserStore
{
#pragma warning disable CA2255 // Nothing but tests loads this assembly.
    [ModuleInitializer]
    public static void Set() => Environment.SetEnvironmentVariable("QUALITYGATE_HOME", Path.Combine(AppContext.BaseDirectory, "no-store"));
#pragma warning restore CA2255
}
