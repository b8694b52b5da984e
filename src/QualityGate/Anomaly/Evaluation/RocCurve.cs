namespace QualityGate.Anomaly.Evaluation;

/// <summary>A point of a ROC curve.</summary>
/// <param name="FalsePositiveRate">Share of normal images at or above the threshold.</param>
/// <param name="TruePositiveRate">Share of anomalous images at or above the threshold.</param>
/// <param name="Threshold">The threshold; positive infinity at (0, 0); null for a point that thinning set to keep the area, which no threshold gives.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate, double? Threshold);

/// <summary>
/// The ROC curve of scores: which share of the anomalous images is found at the price of which share of false alarms. Equal scores are one
/// step, a slanted one if both kinds share them, so that the trapezoids' area is Mann and Whitney's statistic.
/// </summary>
public sealed class RocCurve
{
    private RocCurve(IReadOnlyList<RocPoint> points) => Points = points;

    /// <summary>Points from (0, 0) to (1, 1), one for each distinct score.</summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>Area under the polyline, in [0, 1].</summary>
    public double Area => AreaUnder(Points);

    /// <summary>The curve of some scores.</summary>
    /// <param name="scores">Scores, higher is more anomalous.</param>
    /// <param name="anomalous">The truth, one a score.</param>
    /// <exception cref="ArgumentException">Different lengths, a NaN, or only one kind.</exception>
    public static RocCurve Of(double[] scores, bool[] anomalous) => new(
    [
        new RocPoint(0, 0, double.PositiveInfinity),
        .. LabelledScores.Of(scores, anomalous).Steps().Select(s => new RocPoint(s.FalsePositiveRate, s.TruePositiveRate, s.Threshold)),
    ]);

    /// <summary>Area under a polyline of points.</summary>
    public static double AreaUnder(IReadOnlyList<RocPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        double area = 0;
        for (int i = 1; i < points.Count; i++)
        {
            area += (points[i].FalsePositiveRate - points[i - 1].FalsePositiveRate) * (points[i].TruePositiveRate + points[i - 1].TruePositiveRate) / 2;
        }

        return area;
    }

    /// <summary>At most <paramref name="most"/> points with the same area; see <see cref="RocThinning"/>.</summary>
    public IReadOnlyList<RocPoint> Thinned(int most = 500) => RocThinning.Thin(Points, most);
}
