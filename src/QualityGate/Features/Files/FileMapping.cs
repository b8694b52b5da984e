using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace QualityGate.Features.Files;

/// <summary>
/// A file mapped read-only: its bytes are paged in as they are read and belong to the page cache, not to this process. Spans
/// handed out are valid until <see cref="Dispose"/>. There is no finalizer on purpose: a span does not keep the mapping alive,
/// so only its owner can know when the last one is gone; a mapping nobody disposes stays until the process ends.
/// </summary>
internal sealed unsafe partial class FileMapping : IDisposable
{
    /// <summary>Whoever goes through a large file gives its pages back after so many bytes.</summary>
    public const int ReleaseEvery = 32 << 20;

    // The same number on Linux and macOS.
    private const int DoNotNeed = 4;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private FileMapping(MemoryMappedFile file, string path, long length)
    {
        _file = file;
        Path = path;
        Length = length;
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Path as given.</summary>
    public string Path { get; }

    /// <summary>Bytes in the file when it was mapped.</summary>
    public long Length { get; }

    /// <summary>Maps a file that is not empty.</summary>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static FileMapping Open(string path)
    {
        // Delete is shared so that a newer file can be renamed over this one while it is in use.
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            long length = stream.Length;
            if (length == 0)
            {
                throw new InvalidDataException("the file is empty");
            }

            MemoryMappedFile file = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new FileMapping(file, path, length);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary><paramref name="count"/> values from byte <paramref name="offset"/> on.</summary>
    public ReadOnlySpan<T> Slice<T>(long offset, int count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        if (offset < 0 || count < 0 || offset > Length || (long)count * sizeof(T) > Length - offset)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), $"{count} values at byte {offset} lie outside {Path}.");
        }

        return MemoryMarshal.CreateReadOnlySpan(ref *(T*)(_start + offset), count);
    }

    /// <summary>Gives back the pages read so far; they stay in the system's cache. Safe while other threads read.</summary>
    public void ReleasePages()
    {
        if (_start is not null && !OperatingSystem.IsWindows())
        {
            // A hint: if the system does not take it, nothing but memory is lost.
            _ = AdviseMemory(_start, (nuint)Length, DoNotNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int AdviseMemory(void* start, nuint length, int advice);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_start is not null)
        {
            _start = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
