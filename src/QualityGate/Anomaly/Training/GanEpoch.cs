namespace QualityGate.Anomaly.Training;

/// <summary>What one epoch came to.</summary>
/// <param name="Number">1, 2, 3, ...</param>
/// <param name="DiscriminatorLoss">The mean over its steps.</param>
/// <param name="GeneratorLoss">The mean over its steps.</param>
/// <param name="Fid">FID of samples against the training images, or null when it was not measured.</param>
public sealed record GanEpoch(int Number, double DiscriminatorLoss, double GeneratorLoss, double? Fid);

/// <summary>What a training came to.</summary>
/// <param name="Epochs">All epochs, those before an interruption too.</param>
/// <param name="Exported">The epoch whose networks were exported: the one of lowest FID, or the last when FID was never measured.</param>
/// <param name="Images">How many images it was trained on.</param>
public sealed record GanReport(IReadOnlyList<GanEpoch> Epochs, GanEpoch Exported, int Images)
{
    /// <summary>The last epoch.</summary>
    public GanEpoch Last => Epochs[^1];
}

/// <summary>Hears how far a training is.</summary>
public interface IGanProgress
{
    /// <summary>Training begins, or goes on after <paramref name="done"/> epochs.</summary>
    void Start(int images, int epochs, int done);

    /// <summary>A step is done.</summary>
    void Advance(int epoch, int images, double discriminatorLoss, double generatorLoss);

    /// <summary>An epoch is done.</summary>
    void Finish(GanEpoch epoch, bool isBest, double imagesPerSecond);
}
