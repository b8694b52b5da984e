namespace QualityGate.Metrics;

/// <summary>One number, or the reason why there is none.</summary>
/// <param name="Value">The number; not finite counts as a failure.</param>
/// <param name="Reason">Why there is none, or null.</param>
public readonly record struct MetricNumber(double Value, string? Reason)
{
    /// <summary>Standard error of the number, or null where none is computed.</summary>
    public double? StandardError { get; init; }

    /// <summary>Of how many images the number is a share; 0 when it is none. A share of 0 or 1 has no standard error, but an interval from this.</summary>
    public int Trials { get; init; }

    /// <summary>The part of the variance that other candidate images would make against this very reference; null where it is the share that the influences say.</summary>
    public double? CandidateVariance { get; init; }

    /// <summary>What each image does to the number, or null where that is not computed.</summary>
    public MetricInfluence? Influence { get; init; }

    /// <summary>A number.</summary>
    public static implicit operator MetricNumber(double value) => new(value, null);

    /// <summary>A number that these sets do not have, while other metrics of the family have theirs.</summary>
    public static MetricNumber Unavailable(string reason) => new(double.NaN, reason);

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static MetricNumber ToMetricNumber(double value) => value;
}

/// <summary>What a family computed.</summary>
/// <param name="Numbers">One for each of the family's metrics, in order.</param>
public sealed record MetricOutcome(IReadOnlyList<MetricNumber> Numbers)
{
    /// <summary>What one number cannot say: curves, histograms, sweeps.</summary>
    public IReadOnlyList<MetricTable> Tables { get; init; } = [];

    /// <summary>What a reader should know beside the numbers, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>An outcome of numbers alone.</summary>
    public static MetricOutcome Of(params double[] numbers) => new(Array.ConvertAll(numbers, n => (MetricNumber)n));

    /// <summary>An outcome of numbers with what is known of their errors.</summary>
    public static MetricOutcome Of(params MetricNumber[] numbers) => new(numbers);
}

/// <summary>A table of numbers that belongs to a family's result.</summary>
/// <param name="Name">Family and what it shows, such as <c>prd.curve</c>.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Rows as long as <paramref name="Columns"/>; null where there is no number.</param>
public sealed record MetricTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double?>> Rows)
{
    /// <summary>Names of the rows; empty when the first column says which row it is.</summary>
    public IReadOnlyList<string> RowNames { get; init; } = [];

    /// <summary>Whether people want to see it in a report; the result's JSON holds it in any case.</summary>
    public bool IsShown { get; init; }

    /// <summary>What it says, in one sentence; the caption where it is shown.</summary>
    public string Caption { get; init; } = string.Empty;
}
