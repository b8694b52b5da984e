using QualityGate.Errors;

namespace QualityGate.Features.Files;

/// <summary>The errors of this folder, each with the file it is about.</summary>
internal static class FeatureFileErrors
{
    public static UserErrorException Damaged(string path, string reason, Exception? inner = null) =>
        new(DataErrors.FeatureFileDamaged, $"{path}: {reason}.", innerException: inner);

    public static UserErrorException Unsupported(string path, string reason, string? advice = null) =>
        new(DataErrors.FeatureFileUnsupported, $"{path}: {reason}.", advice: advice);

    public static UserErrorException WrongShape(string path, string reason, string? advice = null) =>
        new(DataErrors.FeatureShapeInvalid, $"{path}: {reason}.", advice: advice);

    public static UserErrorException NotFound(string path, string wanted, IEnumerable<string> present)
    {
        string[] names = [.. present];
        string found = names.Length == 0 ? "it holds no arrays" : $"it holds {string.Join(", ", names.Take(20).Select(n => $"'{n}'"))}";
        string more = names.Length > 20 ? $" and {names.Length - 20} more" : "";
        return new UserErrorException(DataErrors.FeatureArrayNotFound, $"{path} has no array {wanted}; {found}{more}.");
    }

    /// <summary>Runs a reader and turns what the machine says about the file into an error that names it.</summary>
    public static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException(DataErrors.FeatureFileUnreadable, $"{path} does not exist.", innerException: exception);
        }
        catch (EndOfStreamException exception)
        {
            throw Damaged(path, "the file ends early", exception);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(path, exception.Message.TrimEnd('.'), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserErrorException(
                DataErrors.FeatureFileUnreadable, $"{path} cannot be read: {exception.Message}", innerException: exception);
        }
    }

    /// <summary>Runs a writer and turns what the machine says about the file into an error that names it.</summary>
    public static void Writing(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                DataErrors.FeatureFileNotWritable, $"{path} cannot be written: {exception.Message}", innerException: exception);
        }
    }
}
