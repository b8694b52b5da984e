namespace QualityGate.Studies;

/// <summary>How a sample size study is made.</summary>
public sealed record StudyOptions
{
    /// <summary>What holds when nothing is said.</summary>
    public const int DefaultDraws = 5;

    /// <summary>What holds when nothing is said: 5 %.</summary>
    public const double DefaultTolerance = 0.05;

    /// <summary>Random subsets of each size, at least 2.</summary>
    public int Draws { get; init; } = DefaultDraws;

    /// <summary>How far a metric may be from its value at full size and count as settled, relative to that value; in (0, 1].</summary>
    public double Tolerance { get; init; } = DefaultTolerance;

    /// <summary>Seed of the draws.</summary>
    public uint Seed { get; init; }

    /// <summary>Hears in a few words what is being measured, once a draw; null for nobody.</summary>
    public Action<string>? Progress { get; init; }
}
