using System.Text.RegularExpressions;
using QualityGate.Errors;

namespace QualityGate.GitHub;

/// <summary>A repository's <c>owner/name</c>; GitHub compares both without regard to case.</summary>
internal readonly partial record struct RepositoryName
{
    private RepositoryName(string owner, string name)
    {
        Owner = owner;
        Name = name;
    }

    /// <summary>The person or organisation.</summary>
    public string Owner { get; }

    /// <summary>The name below the owner.</summary>
    public string Name { get; }

    /// <summary>Reads <c>owner/name</c>.</summary>
    /// <exception cref="UserErrorException">QG5020: it is something else.</exception>
    public static RepositoryName Parse(string? text) => TryParse(text) ?? throw new UserErrorException(
        PublishErrors.ContextInvalid,
        string.IsNullOrEmpty(text) ? "There is no repository: GITHUB_REPOSITORY is not set." : "The repository is not of the form owner/name.",
        advice: "Set GITHUB_REPOSITORY to owner/name; GitHub Actions does it by itself.");

    /// <summary>Reads <c>owner/name</c>; null when it is something else.</summary>
    public static RepositoryName? TryParse(string? text)
    {
        // Such names become parts of addresses, so nothing else may be in them.
        Match match = Form().Match(text ?? string.Empty);
        string name = match.Groups["name"].Value;
        return match.Success && name is not ("." or "..") ? new RepositoryName(match.Groups["owner"].Value, name) : null;
    }

    /// <summary>Whether another text names the same repository.</summary>
    public bool Is(string? fullName) => string.Equals(ToString(), fullName, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(@"^(?<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})/(?<name>[A-Za-z0-9._-]{1,100})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
