using System.Diagnostics;
using System.Globalization;
using QualityGate.Features.Extraction;

namespace QualityGate.Tool.Terminal;

/// <summary>
/// One line on standard error: what is done, at what rate, how long it will still take. On a terminal it is redrawn in place; in a
/// log it is written when a stage starts to be slow and when it ends.
/// </summary>
internal sealed class ProgressBar(TextWriter writer, bool isTerminal, bool isQuiet) : IExtractionProgress
{
    private const int BarWidth = 24;
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();

    /// <summary>What is counted.</summary>
    public string Unit { get; init; } = "images";

    private string _stage = string.Empty;
    private int _total;
    private int _done;
    private int _computed;
    private long _started;
    private long _lastShown;
    private bool _drawn;

    public void Start(string stage, int total)
    {
        lock (_gate)
        {
            (_stage, _total, _done, _computed, _drawn) = (stage, total, 0, 0, false);
            _started = _lastShown = Stopwatch.GetTimestamp();
        }
    }

    public void Advance(int images, int computed)
    {
        lock (_gate)
        {
            _done += images;
            _computed += computed;
            TimeSpan interval = isTerminal ? RedrawEvery : LogEvery;
            if (isQuiet || Stopwatch.GetElapsedTime(_lastShown) < interval)
            {
                return;
            }

            _lastShown = Stopwatch.GetTimestamp();
            Show();
        }
    }

    public void Finish()
    {
        lock (_gate)
        {
            if (isQuiet || (!_drawn && _computed == 0))
            {
                return;
            }

            if (isTerminal && _drawn)
            {
                writer.Write("\r\u001b[K");
            }

            double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{_stage}: {_done} {Unit} in {seconds:0.0} s{(Unit == "images" ? $", {_computed} computed, {_done - _computed} from the cache" : string.Empty)}"));
        }
    }

    private void Show()
    {
        double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        double rate = seconds > 0 ? _done / seconds : 0;
        TimeSpan left = TimeSpan.FromSeconds(rate > 0 ? (_total - _done) / rate : 0);
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{_stage}: {_done}/{_total}, {rate:0.##} {Unit}/s, {(int)left.TotalMinutes}:{left.Seconds:00} left");
        if (isTerminal)
        {
            int filled = _total == 0 ? BarWidth : (int)((long)BarWidth * _done / _total);
            writer.Write($"\r[{new string('#', filled)}{new string('.', BarWidth - filled)}] {text}\u001b[K");
        }
        else
        {
            writer.WriteLine(text);
        }

        _drawn = true;
    }
}
