namespace QualityGate.Reports;

/// <summary>How the console report looks. The caller decides, since it knows the terminal.</summary>
/// <param name="UseColor">Whether ANSI colours are written.</param>
/// <param name="Width">Columns a line may take, at least 40; longer cells are cut.</param>
public sealed record ConsoleStyle(bool UseColor, int Width)
{
    /// <summary>No colours, wide enough for a build log.</summary>
    public static ConsoleStyle Plain { get; } = new(UseColor: false, Width: 120);
}
