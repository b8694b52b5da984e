namespace QualityGate.Errors;

/// <summary>Codes about data: labels, QG407x.</summary>
public static partial class DataErrors
{
    /// <summary>The file of labels is not there, too large, or cannot be read.</summary>
    public static readonly ErrorCode LabelsUnreadable = new(
        "QG4070", "labels cannot be read", "Name `folders`, a CSV file of path,label, or an array such as FILE.npz#key.");

    /// <summary>The file of labels is not a table of two columns.</summary>
    public static readonly ErrorCode LabelsMalformed = new(
        "QG4071", "labels are not a table of path,label", "Write one image a line, its path inside the set and its label: images/001.png,cat.");

    /// <summary>Labels by path for a set without paths.</summary>
    public static readonly ErrorCode LabelsNeedPaths = new(
        "QG4072", "labels by path for images without paths", "Give the labels as an array, one a row: FILE.npz#key or FILE.npy.");

    /// <summary>Images that the labels do not name.</summary>
    public static readonly ErrorCode LabelMissing = new(
        "QG4073", "images have no label", "Give every image a label; paths are those inside the set, with / between their parts.");

    /// <summary>Two labels for an image.</summary>
    public static readonly ErrorCode LabelConflict = new("QG4074", "image has two labels", "Keep one of them.");

    /// <summary>An array of labels that is longer or shorter than the set.</summary>
    public static readonly ErrorCode LabelCount = new(
        "QG4075", "number of labels is not the number of images",
        "Give one label an image; --reference-labels and --candidate-labels (in the spec `labels: { reference: ..., candidate: ... }`) name other labels for each set.");

    /// <summary>An empty or long label, or too many classes.</summary>
    public static readonly ErrorCode LabelRefused = new("QG4076", "label is not usable", "Labels have 1 to 200 characters and name at most 10,000 classes.");
}
