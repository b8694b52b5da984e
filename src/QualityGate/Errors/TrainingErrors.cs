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

    /// <summary>Not two classes to tell apart.</summary>
    public static readonly ErrorCode TooFewClasses = new(
        "QG4707", "Too few classes to train on", "Give images of more classes, or say with --train-classes how many of the classes train.");

    /// <summary>A batch cannot be filled.</summary>
    public static readonly ErrorCode TooFewOfClass = new(
        "QG4708", "Too few images of a class", "Give more images of it, or a smaller --images-per-class or --validation.");

    /// <summary>The network's gradients cannot be had.</summary>
    public static readonly ErrorCode NetworkUntrainable = new(
        "QG4709", "The network cannot be trained", "Train a head on its features instead (--head linear or mlp), or export the network otherwise.");

    /// <summary>There are no features of images.</summary>
    public static readonly ErrorCode NoFeaturesToTrain = new(
        "QG4710", "Nothing to train an embedding on", "Give images with an extractor that gives features, or a feature file that holds them.");
}
