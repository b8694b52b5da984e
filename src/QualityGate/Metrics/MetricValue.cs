namespace QualityGate.Metrics;

/// <summary>Which way a metric gets better.</summary>
public enum MetricDirection
{
    /// <summary>Lower is better.</summary>
    Lower,

    /// <summary>Higher is better.</summary>
    Higher,
}

/// <summary>One computed metric, or the reason why it could not be computed.</summary>
public sealed record MetricValue
{
    /// <summary>Name, such as <c>fid</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The value, finite; null when <see cref="Error"/> says why there is none.</summary>
    public double? Value { get; init; }

    /// <summary>Why there is no value.</summary>
    public string? Error { get; init; }

    /// <summary>Which way is better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>Public implementation whose definition this is.</summary>
    public required string Convention { get; init; }

    /// <summary>Parameters in force, in the order of their documentation. Values are numbers or strings.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Parameters { get; init; } = [];

    /// <summary>Standard error of the value, or null where none is computed.</summary>
    public double? StandardError { get; init; }

    /// <summary>Standard error that is the candidate's alone, the reference taken as it stands: the noise of a comparison of two candidates with one reference. Null where none is computed.</summary>
    public double? CandidateError { get; init; }

    /// <summary>Where the true value lies with the run's confidence, or null where that is not computed.</summary>
    public MetricInterval? Interval { get; init; }

    /// <summary>What each image does to the value, or null where that is not computed.</summary>
    public MetricInfluence? Influence { get; init; }
}
