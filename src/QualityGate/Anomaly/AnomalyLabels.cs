namespace QualityGate.Anomaly;

/// <summary>What each image truly is.</summary>
/// <param name="Classes">The class of each image, such as <c>good</c> or <c>scratch</c>; null where it is not known.</param>
/// <param name="Normal">Names of the classes that are normal; all others are anomalies.</param>
public sealed record AnomalyLabels(IReadOnlyList<string?> Classes, IReadOnlySet<string> Normal)
{
    /// <summary>Labels of truths alone.</summary>
    public static AnomalyLabels Of(IReadOnlyList<bool> anomalous)
    {
        ArgumentNullException.ThrowIfNull(anomalous);
        return new AnomalyLabels([.. anomalous.Select(a => a ? "anomalous" : "normal")], new HashSet<string>(["normal"], StringComparer.Ordinal));
    }

    /// <summary>Whether an image is an anomaly; null when its class is not known.</summary>
    public bool? IsAnomalous(int image) => Classes[image] is { } name ? !Normal.Contains(name) : null;
}
