using QualityGate.Errors;
using QualityGate.Features.Models;
using QualityGate.Tool.Models;

namespace QualityGate.Tests.Models;

/// <summary>From a name to a model in the store, over a real connection.</summary>
public sealed class ModelAdderTests : IAsyncLifetime, IDisposable
{
    private static readonly AddRequest Plain = new(null, null, null, false);

    private readonly StoreFixture _store = new();
    private DownloadFixture _web = null!;

    public async Task InitializeAsync()
    {
        _web = await DownloadFixture.StartAsync();
        _web.Server.Content = StoreFixture.WeightBytes;
    }

    [Fact]
    public async Task A_model_is_fetched_once_and_its_weights_are_not_kept()
    {
        Assert.NotNull((await AddAsync(Plain)).Check);
        Assert.Null((await AddAsync(Plain)).Check);
        Assert.Equal("/w/tiny-weights.pth", Assert.Single(_web.Server.Requests).Path);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_store.Store.Places.Models, ".downloads")));
        Assert.Equal($"{_web.Server.Plain}w/tiny-weights.pth", _store.Store.Read(StoreFixture.Name).Source.Url);
    }

    [Fact]
    public async Task A_mirror_is_asked_in_place_of_the_publisher_and_its_secrets_are_not_written_down()
    {
        Uri mirror = new UriBuilder(_web.Server.Plain) { UserName = "anna", Password = "secret", Path = "m/", Query = "sig=abc" }.Uri;
        await AddAsync(Plain with { Mirror = mirror });
        Assert.Equal("/m/tiny-weights.pth?sig=abc", Assert.Single(_web.Server.Requests).Path);
        string entry = await File.ReadAllTextAsync(_store.At("entry.json"));
        Assert.DoesNotContain("secret", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", _store.Store.Read(StoreFixture.Name).Source.Url!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_with_the_wrong_hash_are_deleted_and_can_be_fetched_again()
    {
        _web.Server.Content = DownloadFixture.Bytes(64, seed: 9);
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => AddAsync(Plain));
        Assert.Equal(ModelErrors.WrongHash, error.Code);
        Assert.Empty(_store.Folders());
        Assert.Empty(Directory.GetFiles(_store.Store.Places.Models, "*.pth*", SearchOption.AllDirectories));
        _web.Server.Content = StoreFixture.WeightBytes;
        await AddAsync(Plain);
    }

    [Fact]
    public async Task Offline_nothing_is_asked_and_a_file_will_do()
    {
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => AddAsync(Plain with { IsOffline = true }));
        Assert.Equal(ModelErrors.Offline, error.Code);
        Assert.Contains("--from FILE", error.Advice, StringComparison.Ordinal);
        await AddAsync(Plain with { IsOffline = true, From = _store.Weights });
        await AddAsync(Plain with { IsOffline = true });
        Assert.Empty(_web.Server.Requests);
        Assert.True(File.Exists(_store.Weights));
        Assert.Null(_store.Store.Read(StoreFixture.Name).Source.Url);
    }

    [Fact]
    public async Task A_stored_model_of_other_weights_does_not_meet_a_demanded_hash()
    {
        await AddAsync(Plain with { Sha256 = StoreFixture.WeightHash });
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => AddAsync(Plain with { Sha256 = new string('1', 64) }));
        Assert.Equal(ModelErrors.AlreadyThere, error.Code);
    }

    [Fact]
    public async Task A_damaged_model_is_made_anew()
    {
        await AddAsync(Plain);
        await File.WriteAllTextAsync(_store.At("model.onnx"), "damage");
        Assert.NotNull((await AddAsync(Plain)).Check);
        await File.WriteAllTextAsync(_store.At("entry.json"), "{");
        Assert.NotNull((await AddAsync(Plain)).Check);
        Assert.Equal(2, _web.Notes.Count);
        Assert.Empty(_store.Store.DamageOf(StoreFixture.Name, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_that_add_at_once_one_fetches_and_the_other_takes_the_result()
    {
        TaskCompletionSource waited = new();
        _web.Server.Fail(async _ =>
        {
            await waited.Task;
            return false;
        });
        Task<AddedModel> first = Task.Run(() => AddAsync(Plain));
        await Until(() => !_web.Server.Requests.IsEmpty);
        Task<AddedModel> second = Task.Run(() => AddAsync(Plain, note: _ => waited.TrySetResult()));
        AddedModel[] both = await Task.WhenAll(first, second);
        Assert.NotNull(both[0].Check);
        Assert.Null(both[1].Check);
        Assert.Single(_web.Server.Requests);
    }

    [Fact]
    public async Task A_full_disk_leaves_no_model_and_no_weights()
    {
        _web.OpenFile = (_, _) => throw new IOException("No space left on device");
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => AddAsync(Plain));
        Assert.Equal(ModelErrors.StoreUnusable, error.Code);
        Assert.Empty(_store.Folders());
        Assert.Empty(Directory.GetFiles(_store.Store.Places.Models, "*.pth*", SearchOption.AllDirectories));
    }

    public async Task DisposeAsync() => await _web.DisposeAsync();

    public void Dispose() => _store.Dispose();

    private async Task<AddedModel> AddAsync(AddRequest request, Action<string>? note = null)
    {
        using WebClient client = _web.Client();
        KnownModel model = StoreFixture.Model(source: new Uri(_web.Server.Plain, "w/tiny-weights.pth"));
        return await new ModelAdder(_store.Store, _web.Download(client), TimeProvider.System, note ?? _web.Notes.Add).AddAsync(model, request, CancellationToken.None);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(10);
        }
    }
}
