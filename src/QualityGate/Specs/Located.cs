using QualityGate.Errors;

namespace QualityGate.Specs;

/// <summary>A value with the place it was written at, null when it came from the command line or a default.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Location">Where it was written.</param>
public readonly record struct Located<T>(T Value, SourceLocation? Location);
