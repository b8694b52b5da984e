using QualityGate.Errors;
using QualityGate.Features.Models;
using QualityGate.Specs;

namespace QualityGate.Tool.Models;

/// <summary>How a model is to be added.</summary>
/// <param name="From">The weights, when they are here already, or null.</param>
/// <param name="Mirror">Folder to fetch them from, or null for their publisher's.</param>
/// <param name="Sha256">What they must hash to, 64 digits, or null.</param>
/// <param name="IsOffline">Whether the network may not be used.</param>
internal sealed record AddRequest(string? From, Uri? Mirror, string? Sha256, bool IsOffline);

/// <summary>Adds models by name: looks whether they are there, fetches the weights, has them converted. One process at a time does so for a name.</summary>
/// <param name="store">The store.</param>
/// <param name="download">Fetches weights.</param>
/// <param name="time">Clock.</param>
/// <param name="note">Says what a person should know meanwhile.</param>
internal sealed class ModelAdder(ModelStore store, ModelDownload download, TimeProvider time, Action<string> note)
{
    public async Task<AddedModel> AddAsync(KnownModel model, AddRequest request, CancellationToken cancellation)
    {
        ModelAddition.RequireConverter(model);
        store.Sweep();
        using StoreLock held = StoreLock.Take(store.Places, model.Name, () => note($"another process is busy with {model.Name}; waiting for it"), cancellation);
        if (Intact(model, cancellation) is { } there)
        {
            return request.Sha256 is { } demanded && there.Source.Sha256 != demanded
                ? throw new UserErrorException(
                    ModelErrors.AlreadyThere, $"`{model.Name}` was made of weights with the SHA-256 {there.Source.Sha256}, but --sha256 demands {demanded}.",
                    advice: $"Remove it first: `qualitygate models remove {model.Name}`.")
                : new AddedModel(there, null);
        }

        ModelAddition addition = new(store, time, ToolVersion.Text);
        if (request.From is { } file)
        {
            return addition.Add(model, new ModelWeights(Existing(file), Path.GetFileName(file), null, request.Sha256), held, cancellation);
        }

        string folder = DownloadsOf(store.Places, model.Name);
        string path = Path.Combine(folder, model.FileName);
        DownloadRequest wanted = Wanted(model, request);
        await download.FetchAsync(wanted, path, cancellation);
        try
        {
            AddedModel added = addition.Add(model, new ModelWeights(path, model.FileName, WebAddress.Shown(wanted.Address), request.Sha256), held, cancellation);
            Forget(folder);
            return added;
        }
        catch (UserErrorException exception) when (exception.Code == ModelErrors.WrongHash || exception.Code == ModelErrors.NotConverted)
        {
            // It is not what it should be. After any other fault, a full disk or an interrupt, the next try need not fetch it again.
            Forget(folder);
            throw;
        }
    }

    private static void Forget(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Weights that stay take room, but the model is what counts; `models remove` deletes them too.
        }
    }

    /// <summary>Where the weights of a model are while they are fetched.</summary>
    public static string DownloadsOf(StorePlaces places, string name) => Path.Combine(places.Models, ".downloads", name);

    private ModelEntry? Intact(KnownModel model, CancellationToken cancellation)
    {
        if (!store.Contains(model.Name))
        {
            return null;
        }

        try
        {
            IReadOnlyList<string> damage = store.DamageOf(model.Name, cancellation);
            if (damage.Count == 0)
            {
                return store.Read(model.Name);
            }

            note($"the stored {model.Name} is damaged and is made anew: {damage[0]}");
        }
        catch (UserErrorException exception) when (exception.Code == ModelErrors.BadEntry)
        {
            note($"the stored {model.Name} is made anew: {exception.Message}");
        }

        return null;
    }

    private static string Existing(string file) =>
        File.Exists(file) ? file : throw new UserErrorException(DataErrors.FileSystem, $"--from names {file}, which is not there.");

    private static DownloadRequest Wanted(KnownModel model, AddRequest request)
    {
        if (request.IsOffline)
        {
            string where = model.Source is { } source ? $" from {WebAddress.Shown(source)}" : string.Empty;
            throw new UserErrorException(
                ModelErrors.Offline, $"`{model.Name}` is not in the store, and --offline forbids to fetch it.", advice: $"Fetch {model.FileName}{where} on another machine and use --from FILE.");
        }

        return DownloadRequest.Of(model, request.Mirror)
            ?? throw new UserErrorException(ModelErrors.NotFound, $"Nobody is known to offer {model.FileName}.", advice: "Name a mirror by --mirror URL, or use --from FILE.");
    }
}
