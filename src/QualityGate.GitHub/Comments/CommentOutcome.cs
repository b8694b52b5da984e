namespace QualityGate.GitHub;

/// <summary>What was done with the comment.</summary>
internal enum CommentAction
{
    /// <summary>There was none.</summary>
    Created,

    /// <summary>It said something else.</summary>
    Updated,

    /// <summary>It says the same already.</summary>
    Unchanged,

    /// <summary>A newer run has written it already.</summary>
    Superseded,
}

/// <summary>Where the comment stands now.</summary>
/// <param name="Action">What was done.</param>
/// <param name="Id">The comment.</param>
/// <param name="Link">Its page, when GitHub says.</param>
internal sealed record CommentOutcome(CommentAction Action, long Id, string? Link);
