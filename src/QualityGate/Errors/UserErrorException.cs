namespace QualityGate.Errors;

/// <summary>
/// Something that the user can mend: a wrong spec, an unreadable image, a model that does not fit. The command line shows
/// <see cref="Exception.Message"/> without a stack trace and exits with code 2. A failed gate is never an exception.
/// </summary>
public sealed class UserErrorException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Which kind of mistake it is.</param>
    /// <param name="message">What is wrong and where, in one or two sentences.</param>
    /// <param name="location">The place in the spec or recipe, when it is there.</param>
    /// <param name="advice">What to do next, when it can be said more exactly than the code's own advice.</param>
    /// <param name="innerException">What the machine said.</param>
    public UserErrorException(
        ErrorCode code,
        string message,
        SourceLocation? location = null,
        string? advice = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Location = location;
        Advice = advice ?? code.Advice;
    }

    /// <summary>Which kind of mistake it is.</summary>
    public ErrorCode Code { get; }

    /// <summary>The place in the spec or recipe, or null.</summary>
    public SourceLocation? Location { get; }

    /// <summary>What to do next.</summary>
    public string Advice { get; }
}
