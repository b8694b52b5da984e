using System.Runtime.InteropServices;

namespace QualityGate.Images.Vips;

/// <summary>GObject's typed value: a type number and two machine words of payload, all zero before it is initialised.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    /// <summary>Type number, 0 before <c>g_value_init</c>.</summary>
    public nuint Type;

    /// <summary>Payload, touched by GObject only.</summary>
    public ulong Data0;

    /// <summary>Payload, touched by GObject only.</summary>
    public ulong Data1;
}
