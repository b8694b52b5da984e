using System.Globalization;
using QualityGate.Errors;
using QualityGate.Tool.Models;

namespace QualityGate.Tests.Models;

/// <summary>Downloads over real connections, which break, lie and fall silent.</summary>
public sealed class ModelDownloadTests
{
    [Fact]
    public async Task A_file_comes_whole_and_is_not_asked_for_again()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        await fixture.FetchAsync();
        await fixture.FetchAsync();
        fixture.AssertFetched();
        Assert.Equal([("/w.pth", "", "", "")], fixture.Server.Requests);
    }

    [Fact]
    public async Task After_a_cut_it_goes_on_where_it_stopped()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(fixture.Server.CutAfter(100_000));
        await fixture.FetchAsync();
        fixture.AssertFetched();
        var (_, range, condition, _) = fixture.Server.Requests.Last();
        Assert.Equal("\"v1\"", condition);
        Assert.InRange(Offset(range), 1, 100_000);
        Assert.Single(fixture.Notes);
        Assert.Contains("broke", fixture.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_run_goes_on_where_an_earlier_one_gave_up()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(fixture.Server.CutAfter(50_000));
        fixture.Server.Fail(WeightsServer.Status(503), times: 4);
        UserErrorException error = await fixture.RefusalAsync();
        Assert.Equal(ModelErrors.DownloadFailed, error.Code);
        Assert.Contains("goes on where it stopped", error.Advice, StringComparison.Ordinal);
        await fixture.FetchAsync();
        fixture.AssertFetched();
        Assert.InRange(Offset(fixture.Server.Requests.Last().Range), 1, 50_000);
    }

    [Fact]
    public async Task A_server_that_cannot_go_on_sends_it_all_again()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Resumes = false;
        fixture.Server.Fail(fixture.Server.CutAfter(100_000));
        await fixture.FetchAsync();
        fixture.AssertFetched();
        Assert.NotEqual("", fixture.Server.Requests.Last().Range);
    }

    [Fact]
    public async Task Another_version_is_fetched_from_its_beginning()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(fixture.Server.CutAfter(100_000));
        fixture.Server.Fail(_ =>
        {
            fixture.Server.Content = DownloadFixture.Bytes(300_000, seed: 8);
            fixture.Server.Tag = "\"v2\"";
            return Task.FromResult(false);
        });
        await fixture.FetchAsync();
        fixture.AssertFetched();
    }

    [Theory]
    [InlineData("W/\"v1\"")]
    [InlineData(null)]
    public async Task Without_a_sure_name_of_the_version_nothing_is_appended(string? tag)
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Tag = tag;
        fixture.Server.Fail(fixture.Server.CutAfter(100_000));
        await fixture.FetchAsync();
        fixture.AssertFetched();
        Assert.All(fixture.Server.Requests, r => Assert.Equal("", r.Range));
    }

    [Fact]
    public async Task A_date_names_a_version_too()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        (fixture.Server.Tag, fixture.Server.LastModified) = (null, new DateTimeOffset(2021, 3, 1, 8, 0, 0, TimeSpan.Zero));
        fixture.Server.Fail(fixture.Server.CutAfter(100_000));
        await fixture.FetchAsync();
        fixture.AssertFetched();
        Assert.Equal("Mon, 01 Mar 2021 08:00:00 GMT", fixture.Server.Requests.Last().IfRange);
    }

    [Fact]
    public async Task A_rest_from_the_wrong_place_is_not_appended()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(fixture.Server.CutAfter(100_000));
        fixture.Server.Fail(async http =>
        {
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = "bytes 5-299999/300000";
            await http.Response.Body.WriteAsync(fixture.Server.Content.AsMemory(5));
            return true;
        });
        await fixture.FetchAsync();
        fixture.AssertFetched();
    }

    [Fact]
    public async Task A_part_that_was_whole_already_is_taken()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(fixture.File)!);
        await File.WriteAllBytesAsync(fixture.File + ".part", fixture.Server.Content);
        await File.WriteAllTextAsync(fixture.File + ".part.tag", "\"v1\"");
        await fixture.FetchAsync();
        fixture.AssertFetched();
        Assert.Equal("bytes=300000-", Assert.Single(fixture.Server.Requests).Range);
    }

    [Fact]
    public async Task Faults_of_the_server_are_tried_again_a_few_times_with_growing_waits()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(WeightsServer.Status(502), times: 3);
        fixture.Server.Fail(WeightsServer.Status(429, retryAfter: "7"));
        await fixture.FetchAsync();
        fixture.AssertFetched();
        Assert.Equal([1, 2, 4, 7], fixture.Time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task A_server_that_never_recovers_is_given_up()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(WeightsServer.Status(500, retryAfter: "86400"), times: 100);
        UserErrorException error = await fixture.RefusalAsync();
        Assert.Equal(ModelErrors.DownloadFailed, error.Code);
        Assert.Equal(5, fixture.Server.Requests.Count);
        Assert.All(fixture.Time.Waits, w => Assert.Equal(60, w.TotalSeconds));
        fixture.AssertNothingLeft();
    }

    [Fact]
    public async Task A_server_that_always_breaks_at_the_same_place_is_given_up()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync(3 << 20);
        fixture.Server.Resumes = false;
        fixture.Server.Fail(fixture.Server.CutAfter(2 << 20), times: 100);
        Assert.Equal(ModelErrors.DownloadFailed, (await fixture.RefusalAsync()).Code);
        Assert.InRange(fixture.Server.Requests.Count, 5, 20);
    }

    [Fact]
    public async Task Silence_is_a_fault_too()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Patience = TimeSpan.FromMilliseconds(300);
        fixture.Server.Fail(
            async http =>
            {
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return true;
            },
            times: 100);
        UserErrorException error = await fixture.RefusalAsync();
        Assert.Contains("did not answer in time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_are_followed()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(WeightsServer.Redirect("/elsewhere/w.pth?signature=x"));
        fixture.Server.Fail(WeightsServer.Redirect(new Uri(fixture.Server.Encrypted, "safe.pth").ToString()));
        await fixture.FetchAsync();
        fixture.AssertFetched();
        Assert.Equal(["/w.pth", "/elsewhere/w.pth?signature=x", "/safe.pth"], fixture.Server.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task Redirects_without_an_end_are_not()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(WeightsServer.Redirect("/w.pth"), times: 100);
        Assert.Contains("redirects more than 5 times", (await fixture.RefusalAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(6, fixture.Server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_refused_even_on_this_machine()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(WeightsServer.Redirect(new Uri(fixture.Server.Plain, "w.pth?token=secret").ToString()));
        UserErrorException error = await fixture.RefusalAsync(new Uri(fixture.Server.Encrypted, "w.pth"));
        Assert.Equal(ModelErrors.UnsafeAddress, error.Code);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Server.Requests);
        fixture.AssertNothingLeft();
    }

    [Theory]
    [InlineData("http://models.example/w.pth", null, null, false)]
    [InlineData("http://models.example/w.pth", "models.example", null, true)]
    [InlineData("http://other.example/w.pth", "models.example", "http://models.example/w.pth", false)]
    [InlineData("http://models.example/w.pth", "models.example", "https://models.example/w.pth", false)]
    [InlineData("http://localhost:8080/w.pth", null, null, true)]
    [InlineData("https://models.example/w.pth", null, "http://localhost/w.pth", true)]
    [InlineData("ftp://localhost/w.pth", "localhost", null, false)]
    [InlineData("file:///etc/passwd", "", null, false)]
    public void Only_encrypted_addresses_are_taken_but_for_this_machine_and_a_named_mirror(string address, string? mirror, string? from, bool isTaken)
    {
        Exception? error = Record.Exception(() => WebAddress.Require(new Uri(address), mirror, from is null ? null : new Uri(from)));
        Assert.Equal(isTaken, error is null);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(410)]
    public async Task A_file_that_is_not_there_names_the_address_without_secrets_and_the_way_around(int status)
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(WeightsServer.Status(status));
        UserErrorException error = await fixture.RefusalAsync(new UriBuilder(fixture.Server.Plain) { UserName = "anna", Password = "pass word", Path = "m/w.pth", Query = "sig=abc" }.Uri);
        Assert.Equal(ModelErrors.NotFound, error.Code);
        Assert.Equal($"{fixture.Server.Plain}m/w.pth answers {status}.", error.Message);
        Assert.Contains("--from FILE", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirrors_user_and_password_go_to_the_mirror_only()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(WeightsServer.Redirect(new Uri(fixture.Server.Encrypted, "w.pth").ToString()));
        await fixture.FetchAsync(new UriBuilder(fixture.Server.Plain) { UserName = "anna", Password = "secret" }.Uri);
        Assert.Equal(["Basic YW5uYTpzZWNyZXQ=", ""], fixture.Server.Requests.Select(r => r.Authorization));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_too_large_is_refused_announced_or_not(bool isAnnounced)
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.Server.Fail(async http =>
        {
            http.Response.ContentLength = isAnnounced ? fixture.Server.Content.Length : null;
            await http.Response.Body.WriteAsync(fixture.Server.Content);
            return true;
        });
        Assert.Equal(ModelErrors.TooLarge, (await fixture.RefusalAsync(bytes: 200_000)).Code);
        fixture.AssertNothingLeft();
    }

    [Fact]
    public async Task A_page_in_place_of_the_file_is_refused()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync(500);
        UserErrorException error = await fixture.RefusalAsync(bytes: 100_000);
        Assert.Contains("has only 500 bytes", error.Message, StringComparison.Ordinal);
        fixture.AssertNothingLeft();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150_000)]
    public async Task A_full_disk_is_a_clear_error_and_nothing_is_left(int room)
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        fixture.OpenFile = (path, mode) => new FullDisk(path, mode, room);
        UserErrorException error = await fixture.RefusalAsync();
        Assert.Equal(ModelErrors.StoreUnusable, error.Code);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Contains("QUALITYGATE_HOME", error.Advice, StringComparison.Ordinal);
        fixture.AssertNothingLeft();
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_is_there()
    {
        await using DownloadFixture fixture = await DownloadFixture.StartAsync();
        using CancellationTokenSource cancellation = new();
        fixture.Server.Fail(fixture.Server.CutAfter(100_000));
        fixture.Server.Fail(_ =>
        {
            cancellation.Cancel();
            return Task.FromResult(false);
        });
        using WebClient client = fixture.Client();
        DownloadRequest request = new(new Uri(fixture.Server.Plain, "w.pth"), null, fixture.Server.Content.Length);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Download(client).FetchAsync(request, fixture.File, cancellation.Token));
        Assert.False(File.Exists(fixture.File));
        Assert.True(new FileInfo(fixture.File + ".part").Length > 0);
    }

    [Fact]
    public void A_file_lies_in_a_mirrors_folder_and_a_signature_stays_behind_it() =>
        Assert.Equal("https://m.example/a/w.pth?sig=1", WebAddress.Below(new Uri("https://m.example/a/?sig=1"), "w.pth").ToString());

    private static int Offset(string range) => int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);

    private sealed class FullDisk(string path, FileMode mode, long room) : FileStream(path, mode, FileAccess.Write)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Position + buffer.Length > room)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }
}
