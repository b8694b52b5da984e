using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QualityGate.Errors;

namespace QualityGate.Baselines;

/// <summary>The past of a baseline: what each acceptance leaves behind, and the way back to one.</summary>
public static class BaselineHistory
{
    private const int DefinitionDigits = 16;
    private const int FewestCommitDigits = 4;

    /// <summary>Finds an acceptance by its number (1 is the present one, 2 the one before), the beginning of its commit, or its day.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="named">Such as <c>2</c>, <c>c0ffee</c> or <c>2026-01-31</c>; of several the newest.</param>
    /// <exception cref="UserErrorException">QG3017: there is none.</exception>
    public static BaselineHistoryEntry Find(Baseline baseline, string named)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(named);
        BaselineHistoryEntry[] newestFirst = [.. baseline.History.Reverse()];
        if (int.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= newestFirst.Length)
        {
            return newestFirst[number - 1];
        }

        return Array.Find(newestFirst, entry => named.Length >= FewestCommitDigits && entry.Commit?.StartsWith(named, StringComparison.OrdinalIgnoreCase) == true)
            ?? Array.Find(newestFirst, entry => entry.Created.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == named)
            ?? throw new UserErrorException(BaselineErrors.NoSuchAcceptance, $"The baseline has {newestFirst.Length} acceptances, and none is called '{named}'.");
    }

    /// <summary>The present baseline with the numbers of an earlier acceptance. The history keeps all, and gains this step.</summary>
    /// <param name="present">The present baseline.</param>
    /// <param name="entry">One of its acceptances.</param>
    /// <param name="acceptance">The circumstances of going back.</param>
    /// <returns>The baseline, without values by class, which the history does not hold; and the metrics that the entry does not have in today's meaning.</returns>
    /// <exception cref="UserErrorException">QG3018: nothing of it can be compared with today's numbers.</exception>
    public static (Baseline Baseline, IReadOnlyList<string> LeftOut) Restore(Baseline present, BaselineHistoryEntry entry, Acceptance acceptance)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(acceptance);
        Dictionary<string, double> values = entry.Values.ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        Dictionary<string, double> errors = entry.Errors.ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        Dictionary<string, string> definitions = entry.Definitions.ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal);
        AcceptedMetric[] metrics =
        [
            .. present.Metrics
                .Where(m => values.ContainsKey(m.Name) && definitions.GetValueOrDefault(m.Name) == DefinitionOf(present.Provenance, m))
                .Select(m => m with { Value = values[m.Name], StandardError = errors.TryGetValue(m.Name, out double error) ? error : null, CandidateError = null }),
        ];
        string day = entry.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        if (metrics.Length == 0)
        {
            throw new UserErrorException(BaselineErrors.NotRestorable, $"What was accepted on {day} was measured against another reference, by another extractor or definition.");
        }

        BaselineProvenance provenance = present.Provenance with
        {
            CandidateSource = entry.CandidateSource ?? present.Provenance.CandidateSource,
            CandidateCount = entry.CandidateCount,
            CandidateFingerprint = entry.CandidateFingerprint ?? string.Empty,
            Created = acceptance.Clock.GetUtcNow(),
            Commit = acceptance.Commit,
            ToolVersion = acceptance.ToolVersion,
            Reason = acceptance.Reason ?? $"back to what was accepted on {day}",
        };
        Baseline restored = present with
        {
            Metrics = metrics,
            Classes = [],
            Provenance = provenance,
            History = [.. present.History.TakeLast(Baseline.MaximumHistory - 1), EntryOf(provenance, metrics)],
        };
        return (restored, [.. present.Metrics.Select(m => m.Name).Except(metrics.Select(m => m.Name), StringComparer.Ordinal)]);
    }

    /// <summary>What an acceptance leaves in the history.</summary>
    internal static BaselineHistoryEntry EntryOf(BaselineProvenance provenance, IReadOnlyList<AcceptedMetric> metrics) =>
        new(provenance.Created, provenance.Commit, [.. metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Value))])
        {
            Errors = [.. metrics.Where(metric => metric.StandardError is not null).Select(metric => KeyValuePair.Create(metric.Name, metric.StandardError!.Value))],
            Definitions = [.. metrics.Select(metric => KeyValuePair.Create(metric.Name, DefinitionOf(provenance, metric)))],
            CandidateSource = provenance.CandidateSource,
            CandidateCount = provenance.CandidateCount,
            CandidateFingerprint = provenance.CandidateFingerprint,
            Reason = provenance.Reason,
        };

    // Reference, extractor, convention and parameters: what makes two numbers of one name comparable.
    private static string DefinitionOf(BaselineProvenance provenance, AcceptedMetric metric)
    {
        IEnumerable<string> parameters = BaselineCompatibility.Texts(metric.Parameters).Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal);
        string text = string.Join('\n', [provenance.ReferenceIdentity, provenance.ExtractorFingerprint ?? "", metric.Convention, .. parameters]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DefinitionDigits];
    }
}
