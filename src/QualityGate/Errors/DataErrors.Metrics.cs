namespace QualityGate.Errors;

/// <summary>Codes about data: sets that a metric cannot be computed on, QG43xx.</summary>
public static partial class DataErrors
{
}
