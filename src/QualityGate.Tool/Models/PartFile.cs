using System.Net.Http.Headers;
using System.Text;
using QualityGate.Errors;

namespace QualityGate.Tool.Models;

/// <summary>
/// A download as far as it got, <c>FILE.part</c>, and beside it what the server called this version of the file. Without that name nothing is
/// resumed: the rest of another version must not be appended.
/// </summary>
/// <param name="path">Path of the finished file.</param>
/// <param name="open">Opens files for writing; tests put a full disk here.</param>
internal sealed class PartFile(string path, Func<string, FileMode, Stream>? open = null)
{
    private const int LongestTag = 1024;

    private readonly Func<string, FileMode, Stream> _open = open ?? ((file, mode) => new FileStream(file, mode, FileAccess.Write, FileShare.Read));

    private string Part => path + ".part";

    private string Tag => path + ".part.tag";

    /// <summary>Bytes that are there.</summary>
    public long Length => File.Exists(Part) ? new FileInfo(Part).Length : 0;

    /// <summary>What to ask the rest for, or null when there is nothing to go on from.</summary>
    public RangeConditionHeaderValue? Condition
    {
        get
        {
            FileInfo tag = new(Tag);
            return Length > 0 && tag is { Exists: true, Length: <= LongestTag } && RangeConditionHeaderValue.TryParse(File.ReadAllText(Tag), out RangeConditionHeaderValue? condition)
                ? condition
                : null;
        }
    }

    /// <summary>Opens the file to be written to its end, or from its beginning.</summary>
    public Stream Open(bool append, HttpResponseMessage response) => OnDisk(() =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!append)
        {
            Delete();
            if (ConditionOf(response) is { } condition)
            {
                File.WriteAllText(Tag, condition.ToString(), Encoding.ASCII);
            }
        }

        return _open(Part, append ? FileMode.Append : FileMode.Create);
    });

    /// <summary>Writes; a full disk leaves nothing behind.</summary>
    public void Write(Stream stream, ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(exception);
        }
    }

    /// <summary>Gives the finished file its name.</summary>
    public void Commit() => OnDisk(() =>
    {
        File.Move(Part, path, overwrite: true);
        File.Delete(Tag);
        return true;
    });

    /// <summary>Begins anew.</summary>
    public void Delete()
    {
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(Part);
            File.Delete(Tag);
        }
    }

    /// <summary>Runs something on the disk; what it says becomes an error.</summary>
    public T OnDisk<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(exception);
        }
    }

    /// <summary>The error of a file that cannot be written.</summary>
    public UserErrorException NotWritten(Exception exception) => new(
        ModelErrors.StoreUnusable, $"{path} cannot be written: {exception.Message}",
        advice: "Free room on the disk, or name a folder on another one by QUALITYGATE_HOME.", innerException: exception);

    // A weak tag says "much the same", which is not enough to append to.
    private static RangeConditionHeaderValue? ConditionOf(HttpResponseMessage response) => response switch
    {
        { Headers.ETag: { IsWeak: false } tag } => new RangeConditionHeaderValue(tag),
        { Content.Headers.LastModified: { } date } => new RangeConditionHeaderValue(date),
        _ => null,
    };
}
