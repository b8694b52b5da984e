namespace QualityGate.Errors;

/// <summary>Codes about baselines, QG30xx.</summary>
public static class BaselineErrors
{
    /// <summary>There is no baseline where the spec says.</summary>
    public static readonly ErrorCode Missing = new(
        "QG3001", "There is no baseline", "Run 'qualitygate baseline create' and commit the file that it writes.");

    /// <summary>The file is not a baseline or was changed after it was written.</summary>
    public static readonly ErrorCode Damaged = new(
        "QG3002", "A baseline is damaged", "Restore the file from version control, or run 'qualitygate baseline create'.");

    /// <summary>Made by a newer version.</summary>
    public static readonly ErrorCode Unsupported = new(
        "QG3003", "A baseline was made by a newer version", "Update the tool that reads it.");

    /// <summary>Another model or another way of preparing images.</summary>
    public static readonly ErrorCode OtherExtractor = new(
        "QG3004", "A baseline was made with another extractor", "Use the extractor it was made with, or run 'qualitygate baseline create'.");

    /// <summary>Other images as reference.</summary>
    public static readonly ErrorCode OtherReference = new(
        "QG3005", "A baseline was made with another reference set", "Use the reference it was made with, or run 'qualitygate baseline create'.");

    /// <summary>Another definition of a metric.</summary>
    public static readonly ErrorCode OtherConvention = new(
        "QG3006", "A baseline's metric has another definition", "Run 'qualitygate baseline update' to accept values of today's definition.");

    /// <summary>Other parameters of a metric.</summary>
    public static readonly ErrorCode OtherParameters = new(
        "QG3007", "A baseline's metric has other parameters", "Set the parameters it was made with, or run 'qualitygate baseline update'.");

    /// <summary>Nothing to accept.</summary>
    public static readonly ErrorCode NothingToAccept = new(
        "QG3008", "There is no value to accept", "Mend what keeps the metrics from being computed, then create the baseline.");

    /// <summary>The spec names no baseline.</summary>
    public static readonly ErrorCode NotNamed = new(
        "QG3010", "No baseline is named", "Add `baseline: qualitygate/baseline.safetensors` to the spec.");

    /// <summary>A baseline would be overwritten.</summary>
    public static readonly ErrorCode Exists = new(
        "QG3011", "There is a baseline already", "Run 'qualitygate baseline update' to accept new numbers and keep the history.");

    /// <summary>The file cannot be written.</summary>
    public static readonly ErrorCode NotWritable = new(
        "QG3009", "A baseline cannot be written", "Check that the folder may be written to and has room.");

    /// <summary>Classes of other images than those that were accepted.</summary>
    public static readonly ErrorCode OtherLabels = new(
        "QG3012", "A baseline was made with other labels", "Use the labels it was made with, or run 'qualitygate baseline update' to accept today's classes.");

    /// <summary>The lock file is not one.</summary>
    public static readonly ErrorCode DamagedLock = new(
        "QG3013", "A lock file cannot be read", "Restore the lock from version control, or run 'qualitygate baseline update'.");

    /// <summary>Numbers in the lock that the baseline does not have.</summary>
    public static readonly ErrorCode LockDisagrees = new(
        "QG3014", "A lock and its baseline disagree", "Restore the lock from version control: numbers are accepted with 'qualitygate baseline update', not by hand.");

    /// <summary>Neither the reference nor its features are there.</summary>
    public static readonly ErrorCode FeaturesGone = new(
        "QG3015", "Neither the reference nor the baseline's features are here",
        "Bring back the reference, or the baseline file that the lock names: from a cache, an artifact ('qualitygate baseline pull') or wherever it was kept.");

    /// <summary>No acceptance of that name.</summary>
    public static readonly ErrorCode NoSuchAcceptance = new(
        "QG3017", "There is no such acceptance", "Choose one that 'qualitygate baseline list' shows: its number, the beginning of its commit, or its day.");

    /// <summary>An earlier acceptance whose numbers mean something else.</summary>
    public static readonly ErrorCode NotRestorable = new(
        "QG3018", "An earlier acceptance cannot be compared with today's", "Take the baseline and its lock of that time from version control, together with the spec.");

    /// <summary>Nothing was proposed.</summary>
    public static readonly ErrorCode NoProposal = new(
        "QG3019", "There is no proposal", "Make one with 'qualitygate baseline propose', or bring it to the path that the message names.");

    /// <summary>A commit that git does not have.</summary>
    public static readonly ErrorCode NoMergeBase = new(
        "QG3020", "The merge base cannot be found",
        "Check out the whole history (in GitHub Actions: `fetch-depth: 0` at actions/checkout), and name the branch: --merge-base origin/main.");

    /// <summary>What git or a path has is no baseline.</summary>
    public static readonly ErrorCode NothingThere = new(
        "QG3021", "There is no baseline of that name", "Name `current`, `proposed`, `merge-base`, a .safetensors or .lock.json file, or a commit whose lock git has.");

    /// <summary>A candidate that fails its gates was to be accepted with <c>--check</c>.</summary>
    public static readonly ErrorCode NotPassed = new(
        "QG3016", "The candidate does not pass its gates", "Mend the candidate, or accept it all the same with 'qualitygate baseline update' without --check.");
}
