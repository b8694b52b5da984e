namespace QualityGate.Errors;

/// <summary>Codes about data: feature files and the cache, QG41xx.</summary>
public static partial class DataErrors
{
}
