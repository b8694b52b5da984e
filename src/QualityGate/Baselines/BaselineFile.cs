namespace QualityGate.Baselines;

/// <summary>stub</summary>
public static class BaselineFile
{
    /// <summary>Schema.</summary>
    public const string Schema = "qualitygate.baseline/1";
}
