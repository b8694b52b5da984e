namespace QualityGate.Errors;

/// <summary>Codes about data: images and image sets, QG40xx.</summary>
public static partial class DataErrors
{
}
