namespace QualityGate.Baselines;

/// <summary>How far a baseline's features were checked.</summary>
public enum BaselineFeatures
{
    /// <summary>The file is whole, and there is no lock that names it.</summary>
    Unlocked,

    /// <summary>The file is the one that the lock names.</summary>
    Verified,

    /// <summary>Only the numbers are there, from the lock.</summary>
    Absent,
}

/// <summary>A baseline that was looked for.</summary>
/// <param name="Loaded">What was found, or null.</param>
/// <param name="Path">Its file, or the lock's, from the folder of the spec where it lies below that.</param>
/// <param name="Source">Which place it is: <c>given path</c>, <c>this branch</c>, <c>base branch</c>, <c>merge base</c> or <c>lock file</c>.</param>
/// <param name="Features">How far its features were checked.</param>
/// <param name="Lookup">Each place that was looked at and what was there, in order.</param>
public sealed record BaselineFinding(LoadedBaseline? Loaded, string Path, string Source, BaselineFeatures Features, IReadOnlyList<string> Lookup);
