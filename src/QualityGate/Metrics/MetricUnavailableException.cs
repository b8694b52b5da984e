namespace QualityGate.Metrics;

/// <summary>A metric cannot be computed on these sets; the message is the reason. Becomes the metric's error, never a 0 or a NaN.</summary>
public sealed class MetricUnavailableException(string message) : Exception(message);
