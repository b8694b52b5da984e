namespace QualityGate.MetricLearning;

/// <summary>What one epoch came to.</summary>
/// <param name="Number">1, 2, 3, ...; 0 is before the first step.</param>
/// <param name="Loss">The mean over its steps; null before the first.</param>
/// <param name="Recall">Recall after it, or null when it was not measured.</param>
public sealed record EmbeddingEpoch(int Number, double? Loss, EmbeddingRecall? Recall)
{
    /// <summary>Whether the held-back images of training classes say that this epoch is better than another: by Recall@1, then by MAP@R.</summary>
    internal bool IsBetterThan(EmbeddingEpoch? other)
    {
        if (other?.Recall?.Validation is not { } before) return true;
        if (Recall?.Validation is not { } now) return false;
        return now.At1 != before.At1 ? now.At1 > before.At1 : now.MeanPrecision > before.MeanPrecision;
    }
}

/// <summary>What a training came to.</summary>
public sealed record EmbeddingReport
{
    /// <summary>Recall of the features themselves.</summary>
    public required EmbeddingRecall Raw { get; init; }

    /// <summary>The embedding before the first step: scaled features, and first weights.</summary>
    public required EmbeddingEpoch Untrained { get; init; }

    /// <summary>All epochs, those before an interruption too.</summary>
    public required IReadOnlyList<EmbeddingEpoch> Epochs { get; init; }

    /// <summary>The epoch that was exported: the best on held-back images of training classes, or the last when none were held back.</summary>
    public required EmbeddingEpoch Exported { get; init; }

    /// <summary>The exported embedding against the features on unseen classes; null without such.</summary>
    public EmbeddingGain? Gain { get; init; }

    /// <summary>The shrinkage that the head started with.</summary>
    public double Shrinkage { get; init; }

    /// <summary>Files of the extractor: the model, and its recipe when images go in.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The last epoch.</summary>
    public EmbeddingEpoch Last => Epochs[^1];
}

/// <summary>Hears how far a training is.</summary>
public interface IEmbeddingProgress
{
    /// <summary>Training begins, or goes on after <paramref name="done"/> epochs.</summary>
    void Start(int images, int classes, int epochs, int done);

    /// <summary>A step is done.</summary>
    void Advance(int epoch, int images, double loss);

    /// <summary>An epoch is done.</summary>
    void Finish(EmbeddingEpoch epoch, bool isBest, double imagesPerSecond);

    /// <summary>No better epoch came for as many as --patience says.</summary>
    void StopEarly(EmbeddingEpoch best);
}
