using System.Diagnostics;
using System.Globalization;

namespace QualityGate.Tool.Terminal;

/// <summary>
/// The epochs of a training on standard error: a line for each, and on a terminal the running one redrawn in place. In a log, epochs that follow each other faster than
/// every 15 seconds are left out, the first and the last excepted.
/// </summary>
internal sealed class EpochLines(TextWriter writer, bool isTerminal, bool isQuiet)
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(15);

    private int _images;
    private int _epochs;
    private int _epoch;
    private int _done;
    private bool _saidAny;
    private long _shown = Stopwatch.GetTimestamp();

    /// <summary>Says what begins.</summary>
    public void Start(int images, int epochs, string text)
    {
        (_images, _epochs) = (images, epochs);
        Say(text);
    }

    /// <summary>Writes a line.</summary>
    public void Say(string text)
    {
        if (!isQuiet) writer.WriteLine(text);
    }

    /// <summary>Some more images of an epoch are done.</summary>
    public void Advance(int epoch, int images, FormattableString losses)
    {
        _done = epoch == _epoch ? _done + images : images;
        _epoch = epoch;
        if (isQuiet || !isTerminal || Stopwatch.GetElapsedTime(_shown) < RedrawEvery) return;
        _shown = Stopwatch.GetTimestamp();
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"\repoch {epoch}/{_epochs}: {_done}/{_images}, {FormattableString.Invariant(losses)}\u001b[K"));
    }

    /// <summary>An epoch is done.</summary>
    public void Finish(int epoch, string text)
    {
        bool isDue = isTerminal || !_saidAny || epoch == _epochs || Stopwatch.GetElapsedTime(_shown) >= LogEvery;
        if (isQuiet || !isDue) return;
        _shown = Stopwatch.GetTimestamp();
        _saidAny = true;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isTerminal ? "\r\u001b[K" : "")}epoch {epoch}/{_epochs}: {text}"));
    }
}
