using System.Globalization;
using QualityGate.MetricLearning;

namespace QualityGate.Tool.Terminal;

/// <summary>The training of an embedding on standard error.</summary>
internal sealed class EmbeddingProgress(TextWriter writer, bool isTerminal, bool isQuiet) : IEmbeddingProgress
{
    private readonly EpochLines _lines = new(writer, isTerminal, isQuiet);

    public void Start(int images, int classes, int epochs, int done)
    {
        string before = done > 0 ? string.Create(CultureInfo.InvariantCulture, $", {done} of them done before") : "";
        _lines.Start(images, epochs, string.Create(CultureInfo.InvariantCulture, $"{images} images of {classes} classes train, {epochs} epochs at most{before}"));
    }

    public void Advance(int epoch, int images, double loss) => _lines.Advance(epoch, images, $"loss {loss:0.0000}");

    public void Finish(EmbeddingEpoch epoch, bool isBest, double imagesPerSecond) =>
        _lines.Finish(epoch.Number, string.Create(CultureInfo.InvariantCulture, $"loss {epoch.Loss:0.0000}, {imagesPerSecond:0} images/s{Recall(epoch, isBest)}"));

    public void StopEarly(EmbeddingEpoch best) => _lines.Say(string.Create(CultureInfo.InvariantCulture, $"stopped: no epoch was better than {best.Number} on the held-back images"));

    private static string Recall(EmbeddingEpoch epoch, bool isBest) => epoch.Recall is not { } recall ? ""
        : $", recall@1 {Text(recall.Validation)} (held back{(isBest && recall.Validation is not null ? ", best" : "")}), {Text(recall.Test)} (unseen classes)";

    private static string Text(RecallNumbers? numbers) => numbers?.At1.ToString("0.0000", CultureInfo.InvariantCulture) ?? "none";
}
