using System.Diagnostics;
using System.Globalization;

namespace QualityGate.Tool.Models;

/// <summary>How far a download is, on standard error: redrawn in place on a terminal, a line now and then in a log.</summary>
internal sealed class ByteProgress(TextWriter writer, string name, bool isTerminal, bool isQuiet)
{
    private const int BarWidth = 24;
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(15);

    private long _offset;
    private long _done;
    private long? _total;
    private long _started;
    private long _lastShown;
    private bool _drawn;

    /// <summary>An attempt begins.</summary>
    /// <param name="offset">Bytes that are there already.</param>
    /// <param name="total">Length of the file, if the server says it.</param>
    public void Start(long offset, long? total)
    {
        (_offset, _done, _total, _drawn) = (offset, offset, total, false);
        _started = _lastShown = Stopwatch.GetTimestamp();
    }

    public void Advance(long bytes)
    {
        _done += bytes;
        if (!isQuiet && Stopwatch.GetElapsedTime(_lastShown) >= (isTerminal ? RedrawEvery : LogEvery))
        {
            _lastShown = Stopwatch.GetTimestamp();
            Show();
        }
    }

    public void Finish()
    {
        if (isTerminal && _drawn)
        {
            writer.Write("\r\u001b[K");
        }
    }

    private void Show()
    {
        double rate = (_done - _offset) / Math.Max(Stopwatch.GetElapsedTime(_started).TotalSeconds, 1e-3);
        string whole = _total is { } total ? string.Create(CultureInfo.InvariantCulture, $"/{total / 1e6:0.0}") : string.Empty;
        string text = string.Create(CultureInfo.InvariantCulture, $"{name}: {_done / 1e6:0.0}{whole} MB, {rate / 1e6:0.0} MB/s{Left(rate)}");
        if (isTerminal)
        {
            int filled = _total is { } length and > 0 ? (int)Math.Min(BarWidth, BarWidth * (double)_done / length) : 0;
            writer.Write($"\r[{new string('#', filled)}{new string('.', BarWidth - filled)}] {text}\u001b[K");
        }
        else
        {
            writer.WriteLine(text);
        }

        _drawn = true;
    }

    private string Left(double rate)
    {
        if (_total is not { } total || rate <= 0)
        {
            return string.Empty;
        }

        TimeSpan left = TimeSpan.FromSeconds(Math.Min((total - _done) / rate, TimeSpan.FromDays(9).TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture, $", {(int)left.TotalMinutes}:{left.Seconds:00} left");
    }
}
