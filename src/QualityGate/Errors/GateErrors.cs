namespace QualityGate.Errors;

/// <summary>Codes about gates, QG20xx.</summary>
public static class GateErrors
{
}
