using System.Globalization;
using QualityGate.Onnx.Networks;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Training;

/// <summary>How latent vectors are drawn.</summary>
public enum LatentDistribution
{
    /// <summary>Standard normal.</summary>
    Normal,

    /// <summary>Uniform in -1..1.</summary>
    Uniform,
}

/// <summary>What a GAN is trained to be, and how.</summary>
public sealed record GanOptions
{
    /// <summary>Height and width of images: 28, 32 or 64.</summary>
    public int Size { get; init; } = 28;

    /// <summary>Gray or RGB.</summary>
    public ColorMode Color { get; init; } = ColorMode.Gray;

    /// <summary>Numbers that an image is made of.</summary>
    public int Latent { get; init; } = 64;

    /// <summary>How those are drawn.</summary>
    public LatentDistribution Distribution { get; init; }

    /// <summary>Channels of the largest hidden planes; deeper layers have more.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Passes over the images.</summary>
    public int Epochs { get; init; } = 25;

    /// <summary>Images in a step; the rest of an epoch that fills no batch is left out, another one each time.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Chooses the first weights, the order of images and the latent vectors.</summary>
    public long Seed { get; init; }

    /// <summary>Adam's learning rate for both networks.</summary>
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>Measure FID after every so many epochs, and after the last; 0 for never.</summary>
    public int FidEvery { get; init; } = 1;

    /// <summary>Threads; 0 is one a processor. Not part of what the training is.</summary>
    public int Threads { get; init; }

    /// <summary>Channels of images.</summary>
    public int Channels => Color == ColorMode.Gray ? 1 : 3;

    /// <summary>The networks' sizes.</summary>
    public DcganShape Shape => new(Size, Channels, Latent, Width);

    /// <summary>Threads that a step may use.</summary>
    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Everything that tells trainings apart but the number of epochs, which may be raised later.</summary>
    internal IReadOnlyList<(string Name, string Value)> Identity =>
    [
        ("size", Text(Size)), ("color", Color == ColorMode.Gray ? "gray" : "rgb"), ("latent", Text(Latent)),
        ("distribution", Distribution == LatentDistribution.Normal ? "normal" : "uniform"), ("width", Text(Width)), ("batch", Text(Batch)),
        ("seed", Text(Seed)), ("learning-rate", LearningRate.ToString("R", CultureInfo.InvariantCulture)), ("fid-every", Text(FidEvery)),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
