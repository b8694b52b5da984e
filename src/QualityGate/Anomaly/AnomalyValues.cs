using QualityGate.Metrics;

namespace QualityGate.Anomaly;

/// <summary>The report's numbers as metrics.</summary>
internal static class AnomalyValues
{
    private const string Convention = "anogan";

    public static IReadOnlyList<MetricValue> Of(double[] sorted, AnomalyDetection? detection, string? reason, AnomalyRate? rate)
    {
        double mean = Distribution.Mean(sorted);
        return
        [
            new MetricValue
            {
                Name = "anomaly_auroc",
                Value = detection?.Area.Value,
                Error = detection is null ? reason : null,
                StandardError = detection?.Area.StandardError,
                Interval = detection is null ? null : new MetricInterval(detection.Area.Interval.Low, detection.Area.Interval.High),
                Direction = MetricDirection.Higher,
                Convention = Convention,
            },
            new MetricValue
            {
                Name = "anomaly_rate",
                Value = rate?.Share.Value,
                Error = rate is null ? "there is no reference to compare with" : null,
                StandardError = rate?.Share.StandardError,
                Interval = rate is null ? null : new MetricInterval(rate.Share.Low, rate.Share.High),
                Direction = MetricDirection.Lower,
                Convention = Convention,
                Parameters = rate is null ? [] : [new KeyValuePair<string, object>("quantile", rate.Quantile)],
            },
            Level("anomaly", mean) with { StandardError = MeanError(sorted, mean) },
            Level("anomaly_p05", Distribution.Quantile(sorted, 0.05)),
            Level("anomaly_median", Distribution.Quantile(sorted, 0.5)),
            Level("anomaly_p95", Distribution.Quantile(sorted, 0.95)),
        ];
    }

    private static MetricValue Level(string name, double value) =>
        new() { Name = name, Value = value, Direction = MetricDirection.Lower, Convention = Convention };

    private static double? MeanError(double[] values, double mean) =>
        values.Length < 2 ? null : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length);
}
