namespace QualityGate.Errors;

/// <summary>Codes about training, QG47xx.</summary>
public static class TrainingErrors
{
    /// <summary>Not even one batch.</summary>
    public static readonly ErrorCode TooFewImages = new(
        "QG4701", "Too few images to train on", "Give more images, or a smaller --batch.");

    /// <summary>More than fits into memory.</summary>
    public static readonly ErrorCode TooManyImages = new(
        "QG4702", "Too many images to train on", "Give fewer images, a smaller --size, or --color gray.");

    /// <summary>The losses are no longer numbers.</summary>
    public static readonly ErrorCode Diverged = new(
        "QG4703", "The training diverged", "Try another --seed, a smaller --learning-rate (such as 1e-4), or a larger --batch.");

    /// <summary>A training lies in the folder already.</summary>
    public static readonly ErrorCode OutputTaken = new(
        "QG4704", "The folder holds a training already", "Continue it with --resume, or name another folder with --output.");

    /// <summary>The checkpoint is of another training.</summary>
    public static readonly ErrorCode OtherTraining = new(
        "QG4705", "The checkpoint is of another training", "Give the options and images that it was begun with, or name another folder with --output.");

    /// <summary>The checkpoint cannot be read.</summary>
    public static readonly ErrorCode CheckpointDamaged = new(
        "QG4706", "The checkpoint is damaged", "Restore it from a copy, or delete it to begin anew.");
}
