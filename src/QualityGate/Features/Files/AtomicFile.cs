namespace QualityGate.Features.Files;

/// <summary>
/// A file that appears whole or not at all: it is written under a temporary name in the same folder and renamed by
/// <see cref="Commit"/>. Disposed without that, it leaves nothing behind and an older file of the name untouched.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    /// <summary>Ending of temporary names, so that leftovers of a killed process can be told.</summary>
    public const string TemporaryEnding = ".tmp";

    private readonly string _path;
    private readonly string _temporary;
    private bool _done;

    /// <summary>Creates the temporary file, and its folder when that is missing.</summary>
    public AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _temporary = $"{_path}.{Guid.NewGuid():N}{TemporaryEnding}";
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
    }

    /// <summary>The temporary file, to be written to.</summary>
    public FileStream Stream { get; }

    /// <summary>Gives the file its name, in place of one that has it already.</summary>
    /// <param name="flushToDisk">Wait for the disk first, so that not even a power cut leaves an empty file of the name.</param>
    public void Commit(bool flushToDisk)
    {
        Stream.Flush(flushToDisk);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _done = true;
    }

    /// <summary>Writes a whole file of UTF-8 text.</summary>
    public static void WriteText(string path, string text) => WriteBytes(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a whole file.</summary>
    public static void WriteBytes(string path, ReadOnlySpan<byte> bytes)
    {
        using AtomicFile file = new(path);
        file.Stream.Write(bytes);
        file.Commit(flushToDisk: false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Stream.Dispose();
        if (!_done)
        {
            _done = true;
            File.Delete(_temporary);
        }
    }
}
