namespace QualityGate.Tests;

/// <summary>A clock that goes on by one step each time it is read, and never by itself.</summary>
internal sealed class CountingClock(TimeSpan step) : TimeProvider
{
    private long _readings;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Increment(ref _readings) * step.Ticks;
}
