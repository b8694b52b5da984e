namespace QualityGate.Errors;

/// <summary>Codes about the spec and extractor recipes, QG10xx.</summary>
public static class SpecErrors
{
    /// <summary>The text is not YAML, or uses a part of YAML that specs do not.</summary>
    public static readonly ErrorCode Syntax = new(
        "QG1001", "not valid YAML", "Mend the line that is named. Indent with spaces, and quote texts that hold `: ` or ` #`.");

    /// <summary>A key that nobody reads.</summary>
    public static readonly ErrorCode UnknownKey = new(
        "QG1002", "unknown key", "Use one of the keys in docs/spec.md, or remove it: a misspelt rule would never run.");

    /// <summary>A list where a number belongs, and the like.</summary>
    public static readonly ErrorCode WrongType = new(
        "QG1003", "wrong type of value", "Write the kind of value that the message names.");

    /// <summary>The same key twice in one map.</summary>
    public static readonly ErrorCode DuplicateKey = new(
        "QG1004", "key given twice", "Keep one of them.");

    /// <summary>A key without which nothing can run.</summary>
    public static readonly ErrorCode MissingKey = new(
        "QG1005", "missing key", "Add the key; `qualitygate init` writes a spec with all of them.");

    /// <summary>A value of the right kind outside its range.</summary>
    public static readonly ErrorCode OutOfRange = new(
        "QG1006", "value out of range", "Choose a value inside the range that the message names.");

    /// <summary>The file is not there or cannot be opened.</summary>
    public static readonly ErrorCode Unreadable = new(
        "QG1007", "file cannot be read", "Check the path, counted from the folder of the file that names it, and the permissions.");

    /// <summary>Too large, too deep or too many repeats.</summary>
    public static readonly ErrorCode TooLarge = new(
        "QG1008", "file too large", "A spec is a page of text; check that the right file was named.");

    /// <summary>No metric, family or parameter has this name.</summary>
    public static readonly ErrorCode UnknownMetric = new(
        "QG1009", "unknown metric", "Use a name from docs/metrics.md.");

    /// <summary>A gate that holds no limit could never fail.</summary>
    public static readonly ErrorCode NoLimit = new(
        "QG1010", "gate without a limit", "Add min, max, max_increase or max_decrease, or remove the gate.");

    /// <summary>A change limit with nothing to compare with.</summary>
    public static readonly ErrorCode NoBaseline = new(
        "QG1011", "change limit without a baseline",
        "Add `baseline: qualitygate/baseline.safetensors` to the spec and run `qualitygate baseline create`.");

    /// <summary>The spec is written for another version of this tool.</summary>
    public static readonly ErrorCode UnknownVersion = new(
        "QG1012", "unknown version of the spec", "Write `version: 1`, or use the version of the tool that the spec was written for.");

    /// <summary>Neither a built-in extractor nor a model nor a recipe.</summary>
    public static readonly ErrorCode UnknownExtractor = new(
        "QG1013", "unknown extractor", "Name a built-in extractor, a `.onnx` file, a `.extractor.yaml` file or a model of the store; `qualitygate models list` shows these.");

    /// <summary>A model about which nobody said how to feed it.</summary>
    public static readonly ErrorCode NoRecipe = new(
        "QG1014", "model without a recipe", "Write a recipe beside the model; docs/spec.md has one to copy.");

    /// <summary>Two settings that cannot both hold.</summary>
    public static readonly ErrorCode Contradiction = new(
        "QG1015", "settings contradict each other", "Keep one of the two.");

    /// <summary>No report has this name.</summary>
    public static readonly ErrorCode UnknownFormat = new(
        "QG1016", "unknown report format", "Use one of the formats that the message lists.");

    /// <summary>A code that does not exist was asked about.</summary>
    public static readonly ErrorCode UnknownCode = new(
        "QG1017", "unknown code", "Codes look like QG2001; docs/codes.md lists them all.");

    /// <summary>A metric about which nobody knows what single images do to it.</summary>
    public static readonly ErrorCode NoBlame = new(
        "QG1021", "metric that cannot be explained", "Name a metric of the result that says what each image does to it; `qualitygate explain` without --metric takes those of the gates.");

    /// <summary>A gate per class with nothing that tells the classes.</summary>
    public static readonly ErrorCode NoLabels = new(
        "QG1018", "gate per class without labels", "Add `labels: folders` to the spec, or the path of a CSV file or an array.");

    /// <summary>A waiver of a gate that is not there.</summary>
    public static readonly ErrorCode WaivesNothing = new(
        "QG1019", "waiver of nothing", "Name a metric and a rule that have a gate, or remove the waiver.");
}
