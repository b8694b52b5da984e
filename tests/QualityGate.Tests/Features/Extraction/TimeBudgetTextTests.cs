using QualityGate.Features.Extraction;

namespace QualityGate.Tests.Features.Extraction;

public sealed class TimeBudgetTextTests
{
    [Theory]
    [InlineData("500ms", 500, "500 ms")]
    [InlineData("20s", 20_000, "20 s")]
    [InlineData("1.5s", 1_500, "1.5 s")]
    [InlineData("90s", 90_000, "90 s")]
    [InlineData("2m", 120_000, "2 min")]
    [InlineData("2min", 120_000, "2 min")]
    [InlineData("1h", 3_600_000, "60 min")]
    [InlineData("1ms", 1, "1 ms")]
    public void A_time_is_read_and_said(string text, int milliseconds, string said)
    {
        TimeSpan? time = TimeBudgetText.TryParse(text);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), time);
        Assert.Equal(said, TimeBudgetText.Write(time!.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("20 s")]
    [InlineData("20S")]
    [InlineData("1,5s")]
    [InlineData("1.2.3s")]
    [InlineData("25h")]
    [InlineData("99999999999999999999999h")]
    [InlineData("1e3s")]
    [InlineData("20s; rm -rf")]
    public void What_is_no_time_is_refused(string text) => Assert.Null(TimeBudgetText.TryParse(text));
}
