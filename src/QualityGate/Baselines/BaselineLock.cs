namespace QualityGate.Baselines;

/// <summary>
/// What git keeps of a baseline: the accepted numbers, and which feature file belongs to them. The file itself may live in a cache, an
/// artifact, a release or a folder.
/// </summary>
/// <param name="Baseline">What was accepted; without older acceptances, which git itself remembers.</param>
/// <param name="File">Name of the feature file without its folder, for people.</param>
/// <param name="Sha256">SHA-256 of the whole feature file, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its size.</param>
public sealed record BaselineLock(Baseline Baseline, string File, string Sha256, long Bytes)
{
    /// <summary>Where the lock of a spec lies: beside it, <c>qualitygate.lock.json</c> for <c>qualitygate.yaml</c>.</summary>
    /// <param name="spec">Path of the spec.</param>
    public static string PathFor(string spec) => Path.ChangeExtension(spec, ".lock.json");
}
