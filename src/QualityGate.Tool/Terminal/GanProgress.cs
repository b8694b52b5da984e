using System.Diagnostics;
using System.Globalization;
using QualityGate.Anomaly.Training;

namespace QualityGate.Tool.Terminal;

/// <summary>
/// A training on standard error: a line for each epoch, and on a terminal the running one redrawn in place. In a log, epochs that follow
/// each other faster than every 15 seconds are left out, the first and the last excepted.
/// </summary>
internal sealed class GanProgress(TextWriter writer, bool isTerminal, bool isQuiet) : IGanProgress
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(15);

    private int _images;
    private int _epochs;
    private int _epoch;
    private int _done;
    private bool _saidAny;
    private long _shown = Stopwatch.GetTimestamp();

    public void Start(int images, int epochs, int done)
    {
        (_images, _epochs) = (images, epochs);
        if (!isQuiet) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images} images, {epochs} epochs{(done > 0 ? $", {done} of them done before" : "")}"));
    }

    public void Advance(int epoch, int images, double discriminatorLoss, double generatorLoss)
    {
        _done = epoch == _epoch ? _done + images : images;
        _epoch = epoch;
        if (isQuiet || !isTerminal || Stopwatch.GetElapsedTime(_shown) < RedrawEvery) return;
        _shown = Stopwatch.GetTimestamp();
        writer.Write(string.Create(
            CultureInfo.InvariantCulture, $"\repoch {epoch}/{_epochs}: {_done}/{_images}, losses {discriminatorLoss:0.000} {generatorLoss:0.000}\u001b[K"));
    }

    public void Finish(GanEpoch epoch, bool isBest, double imagesPerSecond)
    {
        bool isDue = isTerminal || !_saidAny || epoch.Number == _epochs || Stopwatch.GetElapsedTime(_shown) >= LogEvery;
        if (isQuiet || !isDue) return;
        _shown = Stopwatch.GetTimestamp();
        _saidAny = true;
        string fid = epoch.Fid is { } value ? string.Create(CultureInfo.InvariantCulture, $", FID {value:0.####}{(isBest ? " (best)" : "")}") : "";
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(isTerminal ? "\r\u001b[K" : "")}epoch {epoch.Number}/{_epochs}: losses {epoch.DiscriminatorLoss:0.000} (discriminator), {epoch.GeneratorLoss:0.000} (generator), {imagesPerSecond:0} images/s{fid}"));
    }
}
