namespace QualityGate.Reports;

/// <summary>What a pull-request comment says beside the result. Trusted: it comes from the run that writes the comment.</summary>
public sealed record CommentContext
{
    /// <summary>Names the comment, so that it is found again: one a spec. Any text; null for a text that is no comment, such as a step summary.</summary>
    public string? Id { get; init; }

    /// <summary>The CI run, or null. Only http and https links are shown.</summary>
    public Uri? RunUrl { get; init; }

    /// <summary>The whole report, such as an artifact; or null.</summary>
    public Uri? ReportUrl { get; init; }

    /// <summary>The commit that was measured, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Number and attempt of the run, so that an older run that ends late does not overwrite a newer one's comment; or null.</summary>
    public RunOrder? Run { get; init; }

    /// <summary>Whether the result comes from a run that nobody trusts, such as a fork's: the comment then says whose word it is.</summary>
    public bool IsUntrusted { get; init; }

    /// <summary>More sections, in order.</summary>
    public IReadOnlyList<CommentSection> Sections { get; init; } = [];
}

/// <summary>Which of two runs is newer.</summary>
/// <param name="Number">Numbers of later runs are larger.</param>
/// <param name="Attempt">Of one run, later attempts are larger.</param>
public readonly record struct RunOrder(long Number, int Attempt) : IComparable<RunOrder>
{
    /// <inheritdoc />
    public int CompareTo(RunOrder other) => (Number, Attempt).CompareTo((other.Number, other.Attempt));

    /// <summary>Whether the first is older.</summary>
    public static bool operator <(RunOrder left, RunOrder right) => left.CompareTo(right) < 0;

    /// <summary>Whether the first is newer.</summary>
    public static bool operator >(RunOrder left, RunOrder right) => left.CompareTo(right) > 0;

    /// <summary>Whether the first is not newer.</summary>
    public static bool operator <=(RunOrder left, RunOrder right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the first is not older.</summary>
    public static bool operator >=(RunOrder left, RunOrder right) => left.CompareTo(right) >= 0;
}

/// <summary>A folded section of a comment.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Markdown">Its content; text of unknown origin in it is escaped already.</param>
/// <param name="Importance">When there is not room for all, those with the smallest number are left out first.</param>
public sealed record CommentSection(string Title, string Markdown, int Importance);
