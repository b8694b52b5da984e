using System.Globalization;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>What stands between images and embeddings, and is trained.</summary>
public enum EmbeddingHead
{
    /// <summary>One linear layer on the extractor's features.</summary>
    Linear,

    /// <summary>A hidden layer with ReLU, and a linear one.</summary>
    Mlp,

    /// <summary>The extractor's network itself, with a linear layer on its features.</summary>
    Network,
}

/// <summary>What an embedding is trained to be, and how.</summary>
public sealed record EmbeddingOptions
{
    // Made when it is asked for: quick answers of the tool know the other defaults without loading what makes graphs.
    private readonly EmbeddingLoss? _loss;

    /// <summary>The loss, with its parameters.</summary>
    public EmbeddingLoss Loss
    {
        get => _loss ?? new ProxyAnchorLoss();
        init => _loss = value;
    }

    /// <summary>What is trained.</summary>
    public EmbeddingHead Head { get; init; }

    /// <summary>Numbers that are learned, at most as many as there are features.</summary>
    public int Dimensions { get; init; } = 2048;

    /// <summary>Hidden units of <see cref="EmbeddingHead.Mlp"/>.</summary>
    public int Hidden { get; init; } = 512;

    /// <summary>
    /// How much of the features' mean variance is added to each direction's before both are evened out; small numbers even out all directions, large ones none.
    /// Null asks the training classes, see <see cref="StartingPoint"/>.
    /// </summary>
    public double? Shrinkage { get; init; }

    /// <summary>The share of the features as they are in the cosine of two embeddings; null for half, or with a trained network none.</summary>
    public double? Keep { get; init; }

    /// <summary>Passes over the training images, at most.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>AdamW's learning rate.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>By how much the proxies' learning rate is larger.</summary>
    public double ProxyRateFactor { get; init; } = 100;

    /// <summary>AdamW's decoupled weight decay: what a step takes off the weights, times the learning rate. Proxies have none: their lengths do not matter.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Classes of a batch, or null for 16, or all where there are fewer.</summary>
    public int? BatchClasses { get; init; }

    /// <summary>Images of each of them.</summary>
    public int ImagesPerClass { get; init; } = 8;

    /// <summary>Which classes train: how many of the first in ordinal order, or their names with commas between; null for the first half. The others test.</summary>
    public string? TrainClasses { get; init; }

    /// <summary>The share of each training class' images that is held back to choose the epoch; 0 for none, and then the last epoch is exported.</summary>
    public double Validation { get; init; } = 0.2;

    /// <summary>Epochs without a better one after which training ends; 0 for never.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Recall is measured after every so many epochs, and after the last.</summary>
    public int RecallEvery { get; init; } = 1;

    /// <summary>Chooses first weights, what is held back, and the batches.</summary>
    public long Seed { get; init; }

    /// <summary>Threads; 0 is one a processor. Not part of what the training is.</summary>
    public int Threads { get; init; }

    /// <summary><see cref="Keep"/>, or its preset.</summary>
    internal double Kept => Keep ?? (Head == EmbeddingHead.Network ? 0 : 0.5);

    /// <summary>Threads that a step may use.</summary>
    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Everything that tells trainings apart but how long they go on, which may be raised later.</summary>
    internal IReadOnlyList<(string Name, string Value)> Identity =>
    [
        ("loss", Loss.Name), .. Loss.Parameters, ("head", Head.ToString().ToLowerInvariant()), ("dimensions", Text(Dimensions)),
        .. Head == EmbeddingHead.Mlp ? [("hidden", Text(Hidden))] : Array.Empty<(string, string)>(),
        ("shrinkage", Shrinkage is { } shrinkage ? Text(shrinkage) : "auto"), ("keep", Text(Kept)), ("learning-rate", Text(LearningRate)),
        .. Loss.HasProxies ? [("proxy-rate-factor", Text(ProxyRateFactor))] : Array.Empty<(string, string)>(),
        ("weight-decay", Text(WeightDecay)), ("batch-classes", BatchClasses is { } classes ? Text(classes) : "default"), ("images-per-class", Text(ImagesPerClass)),
        ("train-classes", TrainClasses ?? "half"), ("validation", Text(Validation)), ("recall-every", Text(RecallEvery)), ("seed", Text(Seed)),
    ];

    private static string Text(IFormattable number) => number.ToString(number is double ? "R" : null, CultureInfo.InvariantCulture);
}
