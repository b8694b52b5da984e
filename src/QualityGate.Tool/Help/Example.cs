namespace QualityGate.Tool.Help;

/// <summary>A command line that works, and what it does.</summary>
/// <param name="Line">As typed, beginning with <c>qualitygate</c>; a test parses it.</param>
/// <param name="Does">What it is for, without a full stop.</param>
internal readonly record struct Example(string Line, string Does);
