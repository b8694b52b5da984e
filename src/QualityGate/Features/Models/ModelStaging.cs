using System.Security.Cryptography;
using System.Text;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>A model that is being written: in a folder that no name can be, and renamed when it is whole. Needs the name's lock.</summary>
internal sealed class ModelStaging : IDisposable
{
    public const string NewPrefix = ".new-";
    public const string OldPrefix = ".old-";

    private readonly StorePlaces _places;
    private readonly string _name;
    private readonly List<StoredFile> _files = [];

    public ModelStaging(StorePlaces places, StoreLock held)
    {
        (_places, _name) = (places, held.Name);
        Folder = Path.Combine(places.Models, NewPrefix + _name);
        Delete(Folder);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Where files are written for now.</summary>
    public string Folder { get; }

    /// <summary>What was written.</summary>
    public IReadOnlyList<StoredFile> Files => _files;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text));

    public void Write(string file, ReadOnlySpan<byte> bytes)
    {
        using (FileStream stream = Create(file))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        _files.Add(new StoredFile(file, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length));
    }

    /// <summary>Copies a file, and hashes what was copied: the original may change meanwhile.</summary>
    public void Copy(string source, string file, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream from = File.OpenRead(source), to = Create(file);
        byte[] buffer = new byte[1 << 20];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
        }

        to.Flush(flushToDisk: true);
        _files.Add(new StoredFile(file, Convert.ToHexStringLower(hash.GetHashAndReset()), to.Length));
    }

    /// <summary>Writes the entry and gives the folder its name; a model that has it goes.</summary>
    public void Commit(ModelEntry entry)
    {
        using (FileStream stream = Create(StorePlaces.EntryFileName))
        {
            stream.Write(Encoding.UTF8.GetBytes(ModelEntryFile.Write(entry)));
            stream.Flush(flushToDisk: true);
        }

        TakeAway(_places, _name);
        Directory.Move(Folder, _places.FolderOf(_name));
        Delete(OldOf(_places, _name));
    }

    /// <summary>Renames a model's folder, so that it is gone at once, however long deleting takes.</summary>
    public static void TakeAway(StorePlaces places, string name)
    {
        string folder = places.FolderOf(name), old = OldOf(places, name);
        Delete(old);
        if (Directory.Exists(folder))
            Directory.Move(folder, old);
    }

    public static string OldOf(StorePlaces places, string name) => Path.Combine(places.Models, OldPrefix + name);

    public static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    public void Dispose()
    {
        try
        {
            Delete(Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next command that writes to the store sweeps it.
        }
    }

    private FileStream Create(string file)
    {
        string path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
    }
}
