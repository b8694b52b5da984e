namespace QualityGate.Errors;

/// <summary>Codes of the MSBuild package, QG53xx. Its targets write them; they stand here so that they are documented with the others.</summary>
public static class BuildErrors
{
    /// <summary>Packed on another platform.</summary>
    public static readonly ErrorCode OtherPlatform = new(
        "QG5301", "package QualityGate.MSBuild holds the tool of another platform", "Install the tool for this one and set QualityGateCommand, such as `dotnet tool run qualitygate --`.");

    /// <summary>Exit code 1.</summary>
    public static readonly ErrorCode GateFailed = new(
        "QG5302", "quality gate failed in a build", "The errors above it name the gates and the lines of the spec; result.json has the numbers.");

    /// <summary>Exit code 2.</summary>
    public static readonly ErrorCode CannotJudge = new("QG5303", "quality gate could not judge in a build", "The errors above it say why; mend what they name.");

    /// <summary>Any other exit code.</summary>
    public static readonly ErrorCode NotRun = new(
        "QG5304", "quality gate did not run in a build", "Run the command that the message names by hand; when the tool is missing, set QualityGateCommand.");
}
