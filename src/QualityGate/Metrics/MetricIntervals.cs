using QualityGate.Onnx;

namespace QualityGate.Metrics;

/// <summary>Intervals from values and their standard errors, on the scale that a metric's definition names, never outside the metric's range.</summary>
public static class MetricIntervals
{
    /// <summary>The interval of a number, or null when its error is not known.</summary>
    /// <param name="metric">Scale and range.</param>
    /// <param name="number">Value, standard error and, for a share, the images it is of.</param>
    /// <param name="confidence">Confidence, in (0, 1).</param>
    public static MetricInterval? Of(MetricDefinition metric, MetricNumber number, double confidence)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (number.StandardError is not { } error || !double.IsFinite(error) || !double.IsFinite(number.Value) || error < 0)
        {
            return null;
        }

        double z = Quantile(confidence), value = number.Value;
        return metric.Scale switch
        {
            IntervalScale.Share => Share(value, error, number.Trials, z),
            IntervalScale.Log when value > 0 => Within(metric, value * Math.Exp(-z * error / value), value * Math.Exp(z * error / value)),
            _ => Within(metric, value - (z * error), value + (z * error)),
        };
    }

    /// <summary>z with which a standard normal number lies in [-z, z] with the given probability.</summary>
    /// <param name="confidence">The probability, in (0, 1).</param>
    public static double Quantile(double confidence)
    {
        if (!(confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        }

        return NormalQuantile.TwoSided(confidence);
    }

    // Wilson (1927). Images that influence each other's share are worth fewer: as many as give this standard error.
    private static MetricInterval? Share(double share, double error, int trials, double z)
    {
        double count = error > 0 && share is > 0 and < 1 ? share * (1 - share) / (error * error) : trials;
        if (count <= 0)
        {
            return null;
        }

        double squared = z * z, middle = (share + (squared / (2 * count))) / (1 + (squared / count));
        double reach = z * Math.Sqrt((share * (1 - share) / count) + (squared / (4 * count * count))) / (1 + (squared / count));
        return new MetricInterval(Math.Max(0, Math.Min(middle - reach, share)), Math.Min(1, Math.Max(middle + reach, share)));
    }

    private static MetricInterval? Within(MetricDefinition metric, double low, double high)
    {
        MetricInterval interval = new(Math.Clamp(low, metric.Least, metric.Most), Math.Clamp(high, metric.Least, metric.Most));
        return double.IsFinite(interval.Low) && double.IsFinite(interval.High) ? interval : null;
    }
}
