using System.Diagnostics;
using System.Globalization;
using QualityGate.MetricLearning;

namespace QualityGate.Tool.Terminal;

/// <summary>
/// A training of an embedding on standard error: a line for each epoch, and on a terminal the running one redrawn in place. In a log, epochs that follow each other
/// faster than every 15 seconds are left out, the first and the last excepted.
/// </summary>
internal sealed class EmbeddingProgress(TextWriter writer, bool isTerminal, bool isQuiet) : IEmbeddingProgress
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(15);

    private int _images;
    private int _epochs;
    private int _epoch;
    private int _done;
    private bool _saidAny;
    private long _shown = Stopwatch.GetTimestamp();

    public void Start(int images, int classes, int epochs, int done)
    {
        (_images, _epochs) = (images, epochs);
        string before = done > 0 ? string.Create(CultureInfo.InvariantCulture, $", {done} of them done before") : "";
        if (!isQuiet) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images} images of {classes} classes train, {epochs} epochs at most{before}"));
    }

    public void Advance(int epoch, int images, double loss)
    {
        _done = epoch == _epoch ? _done + images : images;
        _epoch = epoch;
        if (isQuiet || !isTerminal || Stopwatch.GetElapsedTime(_shown) < RedrawEvery) return;
        _shown = Stopwatch.GetTimestamp();
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"\repoch {epoch}/{_epochs}: {_done}/{_images}, loss {loss:0.0000}\u001b[K"));
    }

    public void Finish(EmbeddingEpoch epoch, bool isBest, double imagesPerSecond)
    {
        bool isDue = isTerminal || !_saidAny || epoch.Number == _epochs || Stopwatch.GetElapsedTime(_shown) >= LogEvery;
        if (isQuiet || !isDue) return;
        _shown = Stopwatch.GetTimestamp();
        _saidAny = true;
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(isTerminal ? "\r\u001b[K" : "")}epoch {epoch.Number}/{_epochs}: loss {epoch.Loss:0.0000}, {imagesPerSecond:0} images/s{Recall(epoch, isBest)}"));
    }

    public void StopEarly(EmbeddingEpoch best)
    {
        if (!isQuiet) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stopped: no epoch was better than {best.Number} on the held-back images"));
    }

    private static string Recall(EmbeddingEpoch epoch, bool isBest) => epoch.Recall is not { } recall ? ""
        : $", recall@1 {Text(recall.Validation)} (held back{(isBest && recall.Validation is not null ? ", best" : "")}), {Text(recall.Test)} (unseen classes)";

    private static string Text(RecallNumbers? numbers) => numbers?.At1.ToString("0.0000", CultureInfo.InvariantCulture) ?? "none";
}
