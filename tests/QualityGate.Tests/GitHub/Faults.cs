using Microsoft.AspNetCore.Http;

namespace QualityGate.Tests.GitHub;

/// <summary>Things that go wrong on the other side.</summary>
internal static class Faults
{
    public static GitHubServer.Fault Status(int status, string message = "Something", params (string Name, string Value)[] headers) =>
        (_, _) => Task.FromResult<Answer?>(Answer.Error(status, message, headers));

    /// <summary>The connection ends without an answer; nothing was done.</summary>
    public static GitHubServer.Fault Reset { get; } = (http, _) =>
    {
        http.Abort();
        return Task.FromResult<Answer?>(null);
    };

    /// <summary>All was done, but nobody hears of it.</summary>
    public static GitHubServer.Fault DoneButUnheard { get; } = (http, route) =>
    {
        route();
        http.Abort();
        return Task.FromResult<Answer?>(null);
    };

    /// <summary>All was done, but a machine in between says otherwise.</summary>
    public static GitHubServer.Fault DoneButBadGateway { get; } = (_, route) =>
    {
        route();
        return Task.FromResult<Answer?>(Answer.Error(502, "Server Error"));
    };

    /// <summary>The body ends too early.</summary>
    public static GitHubServer.Fault Cut { get; } = async (http, _) =>
    {
        await StartAsync(http);
        http.Abort();
        return null;
    };

    /// <summary>The body begins and never goes on, until the other side hangs up.</summary>
    public static GitHubServer.Fault Stalled { get; } = async (http, _) =>
    {
        await StartAsync(http);
        await UntilHungUpAsync(http);
        return null;
    };

    /// <summary>Not even headers come.</summary>
    public static GitHubServer.Fault Silent { get; } = async (http, _) =>
    {
        await UntilHungUpAsync(http);
        return null;
    };

    /// <summary>What a hotel's or company's proxy says.</summary>
    public static GitHubServer.Fault LogInPage { get; } = (_, _) => Task.FromResult<Answer?>(new Answer(200, Bytes: "<html>Please log in</html>"u8.ToArray()));

    private static async Task StartAsync(HttpContext http)
    {
        http.Response.ContentLength = 1000;
        await http.Response.Body.WriteAsync("[{\"id\":1,"u8.ToArray());
        await http.Response.Body.FlushAsync();
    }

    private static async Task UntilHungUpAsync(HttpContext http)
    {
        TaskCompletionSource hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = http.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    }
}
