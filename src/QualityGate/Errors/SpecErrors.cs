namespace QualityGate.Errors;

/// <summary>Codes about the spec, QG10xx.</summary>
public static class SpecErrors
{
}
