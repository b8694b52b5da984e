namespace QualityGate.Tests.GitHub;

/// <summary>A clock on which waits are over at once, and are written down.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly List<TimeSpan> _waits = [];
    private TimeSpan _passed;

    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + _passed;

    public override long GetTimestamp() => _passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Add(dueTime);
        _passed += dueTime;
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Done();
    }

    private sealed class Done : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
