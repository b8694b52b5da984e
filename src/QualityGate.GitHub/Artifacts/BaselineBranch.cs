namespace QualityGate.GitHub;

/// <summary>A branch to look for a baseline on.</summary>
/// <param name="Name">The branch.</param>
/// <param name="IsOwn">Whether it is the branch that is tested. Only there do runs for pull requests count: elsewhere they tested something else.</param>
internal sealed record BaselineBranch(string Name, bool IsOwn)
{
    /// <summary>This branch, then the one it goes to, then the default branch; each once.</summary>
    /// <param name="context">The job. A fork's branch is left out: its name says nothing in this repository.</param>
    /// <param name="defaultBranch">As the API says it, when the event does not.</param>
    public static IReadOnlyList<BaselineBranch> Of(GitHubContext context, string? defaultBranch = null)
    {
        string? own = context.IsFork ? null : context.HeadRef ?? context.Event.WorkflowRun?.HeadBranch ?? Branch(context.RefName);
        return
        [
            .. new[] { own, context.BaseRef ?? context.Event.BaseRef, context.Event.DefaultBranch ?? defaultBranch }
                .OfType<string>().Distinct(StringComparer.Ordinal)
                .Select(name => new BaselineBranch(name, name == own)),
        ];
    }

    // 12/merge is a pull request's merge commit, not a branch.
    private static string? Branch(string? name) =>
        name is not null && name.EndsWith("/merge", StringComparison.Ordinal) && name.Split('/')[0].All(char.IsAsciiDigit) ? null : name;
}
