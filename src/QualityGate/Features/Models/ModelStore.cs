using QualityGate.Errors;
using QualityGate.Features.Extractors;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>The models of a user: one folder each, whole or not there, with hashes of everything in it.</summary>
/// <param name="places">Where it lies.</param>
public sealed class ModelStore(StorePlaces places)
{
    private const string HashPrefix = "sha256:";

    /// <summary>Where it lies.</summary>
    public StorePlaces Places { get; } = places;

    /// <summary>Every model, by name. One that cannot be read is listed with its problem and hinders no other.</summary>
    /// <exception cref="UserErrorException">QG4606: the folder cannot be read.</exception>
    public IReadOnlyList<StoredModel> List() => Using(() =>
    {
        if (!Directory.Exists(Places.Models))
            return [];
        ILookup<string, string> recipes = StoredExtractor.Names(Places).ToLookup(n => n.Split(':')[0]);
        return (IReadOnlyList<StoredModel>)[.. Directory.GetDirectories(Places.Models).Select(p => Path.GetFileName(p)!).Where(StorePlaces.IsName).Order(StringComparer.Ordinal).Select(n => Look(n, [.. recipes[n]]))];
    });

    /// <summary>Whether there is a folder of this name.</summary>
    /// <param name="name">A model's name.</param>
    public bool Contains(string name) => StorePlaces.IsName(name) && Directory.Exists(Places.FolderOf(name));

    /// <summary>What is known of a model.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="UserErrorException">QG4603: it is not there; QG4605: its entry cannot be read.</exception>
    public ModelEntry Read(string name) => Using(() =>
        Contains(name) ? ModelEntryFile.Read(Path.Combine(Places.FolderOf(name), StorePlaces.EntryFileName), name) : throw NotThere(name));

    /// <summary>Hashes every file of a model anew.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <returns>What is wrong, one sentence a file; empty when all is as it was written.</returns>
    /// <exception cref="UserErrorException">QG4603: it is not there; QG4605: its entry cannot be read.</exception>
    public IReadOnlyList<string> DamageOf(string name, CancellationToken cancellation)
    {
        ModelEntry entry = Read(name);
        string folder = Places.FolderOf(name);
        return Using(() =>
        {
            List<string> damage = [];
            foreach (StoredFile file in entry.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                if (DamageOf(Path.Combine(folder, file.File), file) is { } fault)
                    damage.Add(fault);
            }

            HashSet<string> known = [StorePlaces.EntryFileName, .. entry.Files.Select(f => f.File)];
            damage.AddRange(FilesOf(folder).Where(f => !known.Contains(f)).Select(f => $"{f} was not written by this tool"));
            return damage;
        });
    }

    /// <summary>Removes a model, readable or not.</summary>
    /// <param name="held">The lock of its name.</param>
    /// <exception cref="UserErrorException">QG4603: it is not there; QG4606: it cannot be deleted.</exception>
    public void Remove(StoreLock held)
    {
        ArgumentNullException.ThrowIfNull(held);
        if (!Contains(held.Name))
            throw NotThere(held.Name);
        Using(() =>
        {
            ModelStaging.TakeAway(Places, held.Name);
            ModelStaging.Delete(ModelStaging.OldOf(Places, held.Name));
            return true;
        });
    }

    /// <summary>Deletes what killed processes left; what a living one is writing is locked and stays.</summary>
    public void Sweep() => Using(() =>
    {
        foreach (string folder in Directory.Exists(Places.Models) ? Directory.GetDirectories(Places.Models, ".*") : [])
        {
            string file = Path.GetFileName(folder);
            string? prefix = Array.Find([ModelStaging.NewPrefix, ModelStaging.OldPrefix], p => file.StartsWith(p, StringComparison.Ordinal));
            if (prefix is null || !StorePlaces.IsName(file[prefix.Length..]))
                continue;
            using StoreLock? held = StoreLock.TryTake(Places, file[prefix.Length..]);
            if (held is not null)
                ModelStaging.Delete(folder);
        }

        return true;
    });

    /// <summary>Runs something on the store; what the machine says about the folder becomes an error that names it.</summary>
    internal T Using<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ModelErrors.StoreUnusable, $"The model store in {Places.Folder} cannot be used: {exception.Message}", innerException: exception);
        }
    }

    private StoredModel Look(string name, IReadOnlyList<string> recipes)
    {
        try
        {
            return new StoredModel(name, Read(name), null, recipes);
        }
        catch (UserErrorException exception)
        {
            return new StoredModel(name, null, exception.Message, recipes);
        }
    }

    private static string? DamageOf(string path, StoredFile file)
    {
        FileInfo info = new(path);
        if (!info.Exists)
            return $"{file.File} is missing";
        if (info.Length != file.Bytes)
            return $"{file.File} has {info.Length} bytes, not {file.Bytes}";
        return ModelFile.HashFile(path) == HashPrefix + file.Sha256 ? null : $"{file.File} has other bytes than were written";
    }

    private static IEnumerable<string> FilesOf(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(p => Path.GetRelativePath(folder, p).Replace('\\', '/'));

    private static UserErrorException NotThere(string name) =>
        KnownModels.Find(name) is null
            ? new UserErrorException(ModelErrors.NotInStore, $"There is no model `{Shown(name)}` in the store.")
            : new UserErrorException(ModelErrors.NotInStore, $"The model `{name}` is not in the store.", advice: $"Add it: `qualitygate models add {name}`.");

    private static string Shown(string name) => name.Length > 80 ? name[..80] + "..." : name;
}
