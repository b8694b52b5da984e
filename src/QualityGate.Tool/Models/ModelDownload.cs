using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using QualityGate.Errors;

namespace QualityGate.Tool.Models;

/// <summary>
/// Fetches a large file: whole, going on after a cut if it is the same version, tried again a bounded number of times, and never more than it
/// can be. Only one process at a time may fetch to the same path.
/// </summary>
/// <param name="client">Way to the network.</param>
/// <param name="time">Clock that waits are taken of.</param>
/// <param name="progress">Shows how far it is.</param>
/// <param name="note">Says what went wrong when it is tried again.</param>
internal sealed class ModelDownload(WebClient client, TimeProvider time, ByteProgress progress, Action<string> note)
{
    // Failures in a row without a megabyte more; a server that always begins anew ends it too.
    private const int MostFailures = 5;
    private const long Headway = 1 << 20;
    private const int BufferSize = 1 << 17;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Opens files for writing; tests put a full disk here.</summary>
    public Func<string, FileMode, Stream>? OpenFile { get; init; }

    /// <summary>Fetches a file unless it is there already.</summary>
    /// <param name="request">What is fetched.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="cancellation">Ends it; what is there stays, to go on from.</param>
    /// <exception cref="UserErrorException">It cannot be had.</exception>
    public async Task FetchAsync(DownloadRequest request, string path, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            return;
        }

        PartFile part = new(path, OpenFile);
        long best = part.Length;
        for (int failures = 0; ;)
        {
            try
            {
                await AttemptAsync(request, part, cancellation);
                break;
            }
            catch (WebFault fault)
            {
                failures = part.Length >= best + Headway ? 1 : failures + 1;
                best = Math.Max(best, part.Length);
                await PauseAsync(fault, failures, request, cancellation);
            }
        }

        RequireWhole(request, part);
        part.Commit();
    }

    private async Task AttemptAsync(DownloadRequest request, PartFile part, CancellationToken cancellation)
    {
        RangeConditionHeaderValue? condition = part.Condition;
        long offset = condition is null ? 0 : part.Length;
        using HttpResponseMessage response = await client.GetAsync(request, offset, condition, cancellation);
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                await SaveAsync(request, part, response, 0, response.Content.Headers.ContentLength, cancellation);
                break;
            case HttpStatusCode.PartialContent when condition is not null && range?.From == offset:
                await SaveAsync(request, part, response, offset, range.Length, cancellation);
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when condition is not null && range?.Length == offset:
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Delete();
                throw new WebFault($"{request.Address.IdnHost} does not go on where it was asked to; beginning anew.");
            default:
                throw WebFault.Of(response, request.Address);
        }
    }

    private async Task SaveAsync(DownloadRequest request, PartFile part, HttpResponseMessage response, long offset, long? total, CancellationToken cancellation)
    {
        long limit = Math.Min(total ?? long.MaxValue, request.MaximumBytes);
        try
        {
            RequireSize(request, total ?? 0);
            long done = offset;
            await using Stream file = part.Open(append: offset > 0, response);
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            progress.Start(offset, total);
            byte[] buffer = new byte[BufferSize];
            for (int read; (read = await client.ReadAsync(body, buffer, request.Address, cancellation)) > 0; done += read)
            {
                RequireSize(request, done + read > limit ? request.MaximumBytes + 1 : 0);
                part.Write(file, buffer.AsSpan(0, read));
                progress.Advance(read);
            }

            if (total is { } announced && done != announced)
            {
                throw new WebFault($"The connection to {request.Address.IdnHost} broke.");
            }
        }
        catch (UserErrorException)
        {
            // Neither a full disk nor a file that is none may leave anything.
            part.Delete();
            throw;
        }
        catch (IOException exception)
        {
            // What was still in a buffer did not find room when the file was closed.
            part.Delete();
            throw part.NotWritten(exception);
        }
        finally
        {
            progress.Finish();
        }
    }

    private async Task PauseAsync(WebFault fault, int failures, DownloadRequest request, CancellationToken cancellation)
    {
        if (failures >= MostFailures)
        {
            throw new UserErrorException(
                ModelErrors.DownloadFailed, $"{WebAddress.Shown(request.Address)} could not be fetched in {failures} attempts: {fault.Message}", innerException: fault);
        }

        TimeSpan wait = fault.Wait ?? TimeSpan.FromSeconds(Math.Min(1 << (failures - 1), LongestWait.TotalSeconds));
        note(string.Create(CultureInfo.InvariantCulture, $"{fault.Message} Trying again in {wait.TotalSeconds:0} s."));
        await Task.Delay(wait, time, cancellation);
    }

    private static void RequireSize(DownloadRequest request, long bytes)
    {
        if (bytes > request.MaximumBytes)
        {
            throw new UserErrorException(
                ModelErrors.TooLarge, string.Create(CultureInfo.InvariantCulture, $"{WebAddress.Shown(request.Address)} is larger than the {request.Bytes / 1e6:0.0} MB that it should have."));
        }
    }

    private static void RequireWhole(DownloadRequest request, PartFile part)
    {
        if (part.Length < request.MinimumBytes)
        {
            long length = part.Length;
            part.Delete();
            throw new UserErrorException(
                ModelErrors.DownloadFailed,
                string.Create(CultureInfo.InvariantCulture, $"{WebAddress.Shown(request.Address)} has only {length} bytes, not about {request.Bytes / 1e6:0.0} MB."),
                advice: "It may be a page that asks to log in; fetch the file by other means and use --from FILE.");
        }
    }
}
