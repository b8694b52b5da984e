namespace QualityGate.Studies;

/// <summary>What a study found: how many images each metric needs. Kept as <c>qualitygate.sample-sizes/1</c>.</summary>
/// <param name="Extractor">Name of the extractor, or null for foreign features.</param>
/// <param name="ExtractorFingerprint">Its fingerprint, or null for foreign features.</param>
/// <param name="Reference">The set that stood as reference.</param>
/// <param name="Candidate">The set that stood as candidate.</param>
/// <param name="Tolerance">How far from the value at full size still counts as settled, relative to it.</param>
/// <param name="Draws">Random subsets of each size.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Metrics">Every metric that had a value.</param>
public sealed record SampleSizes(
    string? Extractor,
    string? ExtractorFingerprint,
    StudiedSet Reference,
    StudiedSet Candidate,
    double Tolerance,
    int Draws,
    uint Seed,
    IReadOnlyList<SettledMetric> Metrics);

/// <summary>A set that was studied.</summary>
/// <param name="Source">As the user named it.</param>
/// <param name="Count">Its images: the largest size studied.</param>
/// <param name="Fingerprint">What is in it.</param>
public sealed record StudiedSet(string Source, int Count, string Fingerprint);

/// <summary>How many images one metric needs.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Convention">Its definition.</param>
/// <param name="Parameters">Its parameters, as text.</param>
/// <param name="Reference">Reference images, with the candidate whole; null when the reference could not be studied.</param>
/// <param name="Candidate">Candidate images, with the reference whole; null when the candidate could not be studied.</param>
public sealed record SettledMetric(
    string Name, string Convention, IReadOnlyDictionary<string, string> Parameters, SettledSize? Reference, SettledSize? Candidate);

/// <summary>From which size on a metric is settled.</summary>
/// <param name="Smallest">The size, 0 when the metric does not look at the set, or null when more images are needed than there were.</param>
/// <param name="Largest">Images that there were.</param>
public sealed record SettledSize(int? Smallest, int Largest);
