namespace QualityGate.Tool.Terminal;

/// <summary>What was asked for with <c>--color</c>.</summary>
internal enum ColorChoice
{
    /// <summary>Where a person watches.</summary>
    Auto,

    /// <summary>Also into files and pipes.</summary>
    Always,

    /// <summary>Nowhere.</summary>
    Never,
}
