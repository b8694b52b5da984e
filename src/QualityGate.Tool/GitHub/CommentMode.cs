namespace QualityGate.Tool.GitHub;

/// <summary>Whether a run comments on the pull request, and what a failure to do so means.</summary>
internal enum CommentMode
{
    /// <summary>No comment.</summary>
    Never,

    /// <summary>A comment; when it cannot be written that is a warning.</summary>
    Always,

    /// <summary>As always, but a run that passes makes no new comment; one that is there is updated.</summary>
    Problems,

    /// <summary>As always, and when it cannot be written the exit code is 2.</summary>
    Required,
}
