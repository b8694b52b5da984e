using System.Globalization;

namespace QualityGate.Errors;

/// <summary>
/// Something that the user can mend: a wrong spec, an unreadable image, a model that does not fit. The command line shows
/// <see cref="Exception.Message"/> without a stack trace and exits with code 2. A failed gate is never an exception.
/// </summary>
public sealed class UserErrorException : Exception
{
    /// <summary>A file of garbage gives thousands of problems; nobody reads more than these in one message.</summary>
    private const int MostListed = 50;

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
        Problems = [new Problem(code, message, location)];
    }

    private UserErrorException(IReadOnlyList<Problem> problems)
        : base(List(problems))
    {
        Code = problems[0].Code;
        Advice = Code.Advice;
        Problems = problems;
    }

    /// <summary>Which kind of mistake it is; the first one's when there are several.</summary>
    public ErrorCode Code { get; }

    /// <summary>The place in the spec or recipe, or null. Null too when there are several problems: each has its own.</summary>
    public SourceLocation? Location { get; }

    /// <summary>What to do next.</summary>
    public string Advice { get; }

    /// <summary>Everything that is wrong, at least one.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>One error out of all that was found. With several, the message lists them, one a line.</summary>
    /// <param name="problems">At least one.</param>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public static UserErrorException ForProblems(IReadOnlyList<Problem> problems) => problems switch
    {
        [] => throw new ArgumentException("At least one problem is needed.", nameof(problems)),
        [var only] => new UserErrorException(only.Code, only.Message, only.Location),
        _ => new UserErrorException([.. problems]),
    };

    private static string List(IReadOnlyList<Problem> problems)
    {
        string listed = string.Join('\n', problems.Take(MostListed));
        int more = problems.Count - MostListed;
        return more <= 0 ? listed : listed + string.Create(CultureInfo.InvariantCulture, $"\nand {more} more");
    }
}
