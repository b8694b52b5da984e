using System.Globalization;
using QualityGate.Features;
using QualityGate.Metrics;

namespace QualityGate.Studies;

/// <summary>What a kept study says of the sets at hand.</summary>
internal static class SampleSizeNotes
{
    /// <summary>A sentence for each metric and set that has fewer images than the study asks for, or for why the study says nothing.</summary>
    /// <param name="study">The study.</param>
    /// <param name="file">Its file, as people know it.</param>
    /// <param name="values">The metrics at hand.</param>
    /// <param name="reference">The reference at hand.</param>
    /// <param name="candidate">The candidate at hand.</param>
    public static IEnumerable<string> Of(SampleSizes study, string file, IReadOnlyList<MetricValue> values, FeatureSet reference, FeatureSet candidate)
    {
        // A foreign file says nothing of its extractor and is taken at the user's word.
        string? present = candidate.ExtractorFingerprint ?? reference.ExtractorFingerprint;
        if (present is not null && study.ExtractorFingerprint is { } studied && studied != present)
        {
            return [$"The sample size study {file} was made with another extractor ({study.Extractor ?? "unnamed"}); it says nothing of these sets."];
        }

        MetricValue[] measured = [.. values.Where(v => v.Value is not null)];
        string[] unknown = [.. measured.Where(v => Find(study, v) is null).Select(v => v.Name)];
        IEnumerable<string> notes = measured.SelectMany(v => Find(study, v) is { } metric
            ? new[] { Below(metric.Name, metric.Reference, reference.Count, "reference"), Below(metric.Name, metric.Candidate, candidate.Count, "candidate") }
            : []).OfType<string>();
        string[] silent = unknown.Length == 0 ? [] : [$"The sample size study {file} says nothing of {string.Join(", ", unknown)} with these parameters."];
        return [.. notes.Select(n => $"{n} ({file}, within {StudyResult.TextOf(study.Tolerance)})."), .. silent];
    }

    private static SettledMetric? Find(SampleSizes study, MetricValue value) => study.Metrics.FirstOrDefault(m =>
        m.Name == value.Name && m.Convention == value.Convention && m.Parameters.Count == value.Parameters.Count
        && value.Parameters.All(p => m.Parameters.TryGetValue(p.Key, out string? text) && text == Convert.ToString(p.Value, CultureInfo.InvariantCulture)));

    private static string? Below(string metric, SettledSize? size, int count, string role) => size switch
    {
        null => null,
        { Smallest: { } smallest } => count < smallest
            ? string.Create(CultureInfo.InvariantCulture, $"{metric} needs {smallest} {role} images to settle, and there are {count}")
            : null,
        _ when count <= size.Largest => string.Create(
            CultureInfo.InvariantCulture, $"{metric} needs more than {size.Largest} {role} images to settle, and there are {count}"),
        _ => string.Create(
            CultureInfo.InvariantCulture, $"{metric} had not settled at {size.Largest} {role} images; whether {count} are enough takes a new study"),
    };
}
