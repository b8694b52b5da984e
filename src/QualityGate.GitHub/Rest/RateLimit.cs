using System.Globalization;
using System.Net;

namespace QualityGate.GitHub;

/// <summary>Tells a rate limit from a missing permission: both may be 403.</summary>
internal static class RateLimit
{
    /// <summary>Whether an answer is about a limit, and for how long it asks to wait when it says so.</summary>
    public static bool IsLimit(HttpResponseMessage response, string said, DateTimeOffset now, out TimeSpan? wait)
    {
        wait = RetryAfter(response, now) ?? UntilReset(response, now);
        return response.StatusCode == HttpStatusCode.TooManyRequests
            || (response.StatusCode == HttpStatusCode.Forbidden && (wait is not null || SaysSo(said)));
    }

    /// <summary>What <c>Retry-After</c> asks for, in either of its forms.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: TimeSpan delta } => delta,
        { Date: DateTimeOffset date } => NotNegative(date - Now(response, now)),
        _ => null,
    };

    private static TimeSpan? UntilReset(HttpResponseMessage response, DateTimeOffset now) =>
        Number(response, "x-ratelimit-remaining") == 0 && Number(response, "x-ratelimit-reset") is long reset and < 253402300800
            ? NotNegative(DateTimeOffset.FromUnixTimeSeconds(reset) - Now(response, now))
            : null;

    // The server's own clock, when it shows it: a machine's clock may be wrong by more than the wait.
    private static DateTimeOffset Now(HttpResponseMessage response, DateTimeOffset now) => response.Headers.Date ?? now;

    private static TimeSpan NotNegative(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;

    private static bool SaysSo(string said) =>
        said.Contains("rate limit", StringComparison.OrdinalIgnoreCase) || said.Contains("abuse detection", StringComparison.OrdinalIgnoreCase);

    private static long? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out IEnumerable<string>? values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
