using System.Globalization;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;

namespace QualityGate.Baselines;

/// <summary>Refuses to compare what was measured differently.</summary>
public static class BaselineCompatibility
{
    /// <summary>Checks that today's values may be compared with the accepted ones.</summary>
    /// <param name="baseline">What was accepted.</param>
    /// <param name="extractorName">Extractor in use, or null for foreign features.</param>
    /// <param name="extractorFingerprint">Its fingerprint, or null for foreign features: then it cannot be compared and is let pass.</param>
    /// <param name="now">Metrics as measured; those that the baseline does not have, or that have no value, are let pass.</param>
    /// <param name="reference">Reference set in use, or null to leave it unchecked.</param>
    /// <exception cref="UserErrorException">QG3004..QG3007: the first difference, with both values and the command that mends it.</exception>
    public static void Check(
        Baseline baseline, string? extractorName, string? extractorFingerprint, IEnumerable<MetricValue> now, FeatureSet? reference = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(now);
        CheckExtractor(baseline.Provenance, extractorName, extractorFingerprint);
        CheckReference(baseline.Provenance, reference);
        foreach (MetricValue metric in now.Where(metric => metric.Value is not null))
        {
            if (baseline.Find(metric.Name) is AcceptedMetric accepted)
            {
                CheckMetric(accepted, metric);
            }
        }
    }

    /// <summary>Checks that the classes are made of the same reference images as those that were accepted. Classes that only one side has are let pass.</summary>
    /// <param name="baseline">What was accepted, with the same reference as today's.</param>
    /// <param name="now">Classes as measured.</param>
    /// <exception cref="UserErrorException">QG3012: the first class with more or fewer reference images than before.</exception>
    public static void CheckClasses(Baseline baseline, IEnumerable<MeasuredClass> now)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(now);
        Dictionary<string, AcceptedClass> accepted = baseline.Classes.ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (MeasuredClass measured in now)
        {
            if (accepted.TryGetValue(measured.Name, out AcceptedClass? before) && before.ReferenceCount != measured.ReferenceCount)
            {
                throw new UserErrorException(
                    BaselineErrors.OtherLabels,
                    $"The baseline's class '{measured.Name}' has {before.ReferenceCount} images of the reference, now it has {measured.ReferenceCount}.");
            }
        }
    }

    private static void CheckExtractor(BaselineProvenance accepted, string? name, string? fingerprint)
    {
        if (accepted.ExtractorFingerprint is null || fingerprint is null || accepted.ExtractorFingerprint == fingerprint)
        {
            return;
        }

        string difference = accepted.ExtractorName == name
            ? $"'{name}' with another model or recipe (fingerprint {accepted.ExtractorFingerprint}, now {fingerprint})"
            : $"'{accepted.ExtractorName}' ({accepted.ExtractorFingerprint}), now '{name}' ({fingerprint})";
        throw new UserErrorException(BaselineErrors.OtherExtractor, $"The baseline was made with the extractor {difference}.");
    }

    private static void CheckReference(BaselineProvenance accepted, FeatureSet? reference)
    {
        if (reference is null)
        {
            return;
        }

        // The images say it best: features of the same images may differ in their last bits from machine to machine.
        string? images = reference.Hashes is byte[] hashes ? FeatureFingerprint.OfImages(hashes) : null;
        (string before, string now) = accepted.ReferenceImages is not null && images is not null
            ? (accepted.ReferenceImages, images)
            : (accepted.ReferenceFingerprint, reference.Fingerprint);
        if (before != now)
        {
            throw new UserErrorException(
                BaselineErrors.OtherReference,
                $"The baseline was made with the reference '{accepted.ReferenceSource}' of {accepted.ReferenceCount} images ({before}), now it is '{reference.Source}' of {reference.Count} ({now}).");
        }
    }

    private static void CheckMetric(AcceptedMetric accepted, MetricValue now)
    {
        if (accepted.Convention != now.Convention)
        {
            throw new UserErrorException(
                BaselineErrors.OtherConvention,
                $"The baseline's {now.Name} follows the convention '{accepted.Convention}', now it is '{now.Convention}'.");
        }

        SortedDictionary<string, string> before = Texts(accepted.Parameters);
        SortedDictionary<string, string> current = Texts(now.Parameters);
        string[] differences = [.. before.Keys.Union(current.Keys)
            .Where(name => before.GetValueOrDefault(name) != current.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name} = {before.GetValueOrDefault(name, "not set")}, now {current.GetValueOrDefault(name, "not set")}")];
        if (differences.Length > 0)
        {
            throw new UserErrorException(
                BaselineErrors.OtherParameters, $"The baseline's {now.Name} was made with {string.Join("; ", differences)}.");
        }
    }

    /// <summary>Parameters as texts that are equal where the values are.</summary>
    internal static SortedDictionary<string, string> Texts(IReadOnlyList<KeyValuePair<string, object>> parameters)
    {
        SortedDictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object> parameter in parameters)
        {
            // 5 as an int, as a long from JSON or as 5.0 are the same number.
            texts[parameter.Key] = parameter.Value switch
            {
                float or double => Convert.ToDouble(parameter.Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
                object value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
            };
        }

        return texts;
    }
}
