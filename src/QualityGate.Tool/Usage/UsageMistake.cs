namespace QualityGate.Tool.Usage;

/// <summary>One thing that is wrong with a command line.</summary>
/// <param name="Message">What, in one sentence.</param>
/// <param name="Advice">What to do instead, or null.</param>
internal sealed record UsageMistake(string Message, string? Advice = null);
