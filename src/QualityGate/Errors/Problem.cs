namespace QualityGate.Errors;

/// <summary>One thing that is wrong with what the user gave. A file is read to its end, so that all of them show at once.</summary>
/// <param name="Code">Which kind of mistake it is.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Location">Where it was written, or null when it is nowhere in a text file.</param>
public sealed record Problem(ErrorCode Code, string Message, SourceLocation? Location)
{
    /// <summary><c>file(line,column): error QGnnnn: text</c>, the form that build logs and editors link.</summary>
    public override string ToString() =>
        Location is null ? $"error {Code.Id}: {Message}" : $"{Location}: error {Code.Id}: {Message}";
}
