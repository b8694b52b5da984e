namespace QualityGate.Errors;

/// <summary>Codes about data: extractors and models, QG42xx.</summary>
public static partial class DataErrors
{
}
