namespace QualityGate.Errors;

/// <summary>Codes about baselines, QG30xx.</summary>
public static class BaselineErrors
{
}
