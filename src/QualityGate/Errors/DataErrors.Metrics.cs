namespace QualityGate.Errors;

/// <summary>Codes about data: sets that a metric cannot be computed on and parameters that do not fit, QG43xx.</summary>
public static partial class DataErrors
{
    /// <summary>A metric family has no such parameter.</summary>
    public static readonly ErrorCode UnknownParameter = new("QG4301", "unknown metric parameter", "Use one of the parameters named in docs/metrics.md.");

    /// <summary>A parameter's value is not allowed.</summary>
    public static readonly ErrorCode ParameterValue = new("QG4302", "metric parameter out of range", "Give a value of the kind that the message names.");

    /// <summary>No metric or family of that name.</summary>
    public static readonly ErrorCode UnknownMetric = new("QG4303", "unknown metric", "Use one of the metrics named in docs/metrics.md.");

    /// <summary>A requested metric has no value.</summary>
    public static readonly ErrorCode MetricUnavailable = new("QG4304", "metric cannot be computed", "Give the metric what the message says it lacks, or do not ask for it.");
}
