namespace QualityGate.Tool.Commands;

/// <summary>The build server that a run speaks to.</summary>
internal enum CiSystem
{
    /// <summary>The one whose variables are set, if any.</summary>
    Auto,

    /// <summary>None.</summary>
    None,

    /// <summary>GitHub Actions.</summary>
    GitHub,

    /// <summary>Azure Pipelines.</summary>
    Azure,

    /// <summary>TeamCity.</summary>
    TeamCity,

    /// <summary>GitLab CI.</summary>
    GitLab,
}

/// <summary>Tells which build server a process runs on.</summary>
internal static class CiDetection
{
    /// <summary>The server that its variables name; <see cref="CiSystem.None"/> without any.</summary>
    /// <param name="environment">A variable by name.</param>
    public static CiSystem Of(Func<string, string?> environment) => environment switch
    {
        _ when environment("GITHUB_ACTIONS") == "true" => CiSystem.GitHub,
        _ when string.Equals(environment("TF_BUILD"), "true", StringComparison.OrdinalIgnoreCase) => CiSystem.Azure,
        _ when !string.IsNullOrEmpty(environment("TEAMCITY_VERSION")) => CiSystem.TeamCity,
        _ when environment("GITLAB_CI") == "true" => CiSystem.GitLab,
        _ => CiSystem.None,
    };
}
