namespace QualityGate.Metrics;

/// <summary>What a metric is, for people and for the gate.</summary>
/// <param name="Name">Name in specs, gates and results.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Summary">One sentence for a reader who does not know it.</param>
public sealed record MetricDefinition(string Name, MetricDirection Direction, string Summary)
{
    /// <summary>On which scale its interval is made.</summary>
    public IntervalScale Scale { get; init; }

    /// <summary>The least value that it can have.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>Whose images are to blame for it.</summary>
    public MetricSides Blames { get; init; }

    /// <summary>The largest value that it can have.</summary>
    public double Most { get; init; } = double.PositiveInfinity;
}

/// <summary>On which scale an interval is made.</summary>
public enum IntervalScale
{
    /// <summary>The value plus and minus z standard errors.</summary>
    Plain,

    /// <summary>On the logarithm, and back: for values above 0 whose error grows with them.</summary>
    Log,

    /// <summary>Wilson's interval of a share, with as many images as the standard error is worth.</summary>
    Share,
}

/// <summary>Sides of a comparison.</summary>
public enum MetricSides
{
    /// <summary>The reference and the candidate.</summary>
    Both,

    /// <summary>The reference: its images are what is missing.</summary>
    Reference,

    /// <summary>The candidate: its images are what is wrong.</summary>
    Candidate,
}
