namespace QualityGate.Errors;

/// <summary>Codes about the store of models and about fetching them, QG46xx.</summary>
public static class ModelErrors
{
    /// <summary>No model of this name can be added.</summary>
    public static readonly ErrorCode UnknownModel = new(
        "QG4601", "No such model", "`qualitygate models list` names those that can be added; others come in by `qualitygate models import`.");

    /// <summary>The name cannot be a folder of the store, or is taken.</summary>
    public static readonly ErrorCode BadName = new(
        "QG4602", "The name cannot be used for a model", "Choose up to 64 of a-z, 0-9, `.`, `_` and `-`, a letter or digit first.");

    /// <summary>The model was never added.</summary>
    public static readonly ErrorCode NotInStore = new(
        "QG4603", "The model is not in the store", "Add it: `qualitygate models add NAME`, or `qualitygate models import FILE.onnx --name NAME`.");

    /// <summary>Files are not what was written.</summary>
    public static readonly ErrorCode Damaged = new(
        "QG4604", "The stored model is damaged", "Remove it and add it again: `qualitygate models remove NAME`, then `models add` or `models import`.");

    /// <summary>entry.json is none.</summary>
    public static readonly ErrorCode BadEntry = new(
        "QG4605", "The entry of a stored model cannot be read", "Remove the model and add it again, or use the version of the tool that wrote it.");

    /// <summary>The folder cannot be read or written.</summary>
    public static readonly ErrorCode StoreUnusable = new(
        "QG4606", "The model store cannot be used", "Check that the folder may be written and that the disk has room, or name another one by QUALITYGATE_HOME.");

    /// <summary>Another model has the name.</summary>
    public static readonly ErrorCode AlreadyThere = new(
        "QG4607", "Another model of this name is in the store", "Choose another name, or remove that one first: `qualitygate models remove NAME`.");

    /// <summary>The weights are others.</summary>
    public static readonly ErrorCode WrongHash = new(
        "QG4608", "The weights are not the expected ones", "Fetch them again from their publisher; with --sha256, check the hash that you gave.");

    /// <summary>The weights cannot be made into a model.</summary>
    public static readonly ErrorCode NotConverted = new(
        "QG4609", "The weights cannot be converted", "Check that it is the file that `qualitygate models list` names; or export the network as .onnx and use `qualitygate models import`.");

    /// <summary>The check run gave no usable features.</summary>
    public static readonly ErrorCode CheckFailed = new(
        "QG4610", "The model's check run failed", "Check the outputs and the scale of the input in its recipe.");

    /// <summary>The network failed.</summary>
    public static readonly ErrorCode DownloadFailed = new(
        "QG4611", "The download failed", "Run the same command again: it goes on where it stopped. Or fetch the file by other means and use --from FILE.");

    /// <summary>The server does not have the file.</summary>
    public static readonly ErrorCode NotFound = new(
        "QG4612", "The server does not give the file out", "Fetch the file by other means and use --from FILE, or name a mirror by --mirror URL.");

    /// <summary>The address or what it leads to is not safe.</summary>
    public static readonly ErrorCode UnsafeAddress = new(
        "QG4613", "The address is refused", "Use an https address; http is taken only for this machine and for a mirror that you name.");

    /// <summary>The answer is longer than the file can be.</summary>
    public static readonly ErrorCode TooLarge = new(
        "QG4614", "The download is too large", "The server sends something else than the weights; check the mirror, or use --from FILE.");

    /// <summary>The network was forbidden.</summary>
    public static readonly ErrorCode Offline = new(
        "QG4615", "The network may not be used", "Fetch the file on another machine and use --from FILE.");
}
