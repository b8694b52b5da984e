using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>
/// Holds a name of the store against other processes while its model is fetched, written or removed. The system lets go of it when a process
/// is killed; the empty file stays, since deleting it would race with others that wait for it.
/// </summary>
public sealed class StoreLock : IDisposable
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private StoreLock(string name, FileStream file) => (Name, _file) = (name, file);

    /// <summary>The name that is held.</summary>
    public string Name { get; }

    /// <summary>Takes a name, waiting as long as another process has it.</summary>
    /// <param name="places">The store.</param>
    /// <param name="name">A model's name.</param>
    /// <param name="onWait">Told once when it has to wait.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="UserErrorException">QG4606: the folder cannot be written.</exception>
    public static StoreLock Take(StorePlaces places, string name, Action? onWait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(places);
        for (bool first = true; ; first = false)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(places, name) is { } taken)
                return taken;
            if (first)
                onWait?.Invoke();
            cancellation.WaitHandle.WaitOne(LookAgainAfter);
        }
    }

    /// <summary>Takes a name if nobody has it.</summary>
    internal static StoreLock? TryTake(StorePlaces places, string name)
    {
        string folder = Path.Combine(places.Models, ".locks"), path = Path.Combine(folder, name + ".lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new StoreLock(name, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ModelErrors.StoreUnusable, $"The model store in {places.Folder} cannot be used: {exception.Message}", innerException: exception);
        }
    }

    /// <summary>Sharing and lock violations of Windows, and EWOULDBLOCK of Linux and macOS; anything else would never change by waiting.</summary>
    private static bool IsTaken(IOException exception) => exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35;

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
