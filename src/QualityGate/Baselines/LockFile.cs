using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QualityGate.Errors;
using QualityGate.Features.Files;

namespace QualityGate.Baselines;

/// <summary>Lock files, JSON of schema <c>qualitygate.lock/1</c>: a few kB that a reviewer can read.</summary>
public static class LockFile
{
    /// <summary>Schema of the files this version reads and writes.</summary>
    public const string Schema = "qualitygate.lock/1";

    private const string SchemaPrefix = "qualitygate.lock/";
    private const long MaximumBytes = 16L << 20;
    private const int Sha256Digits = 64;

    /// <summary>Writes the lock of a baseline file, wholly or not at all.</summary>
    /// <param name="path">Path of the lock.</param>
    /// <param name="baseline">What was accepted.</param>
    /// <param name="baselineFile">The feature file as it was written.</param>
    /// <exception cref="UserErrorException">QG3009: it cannot be written.</exception>
    public static void Write(string path, Baseline baseline, string baselineFile)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteStartObject("features");
            json.WriteString("file", Path.GetFileName(baselineFile));
            json.WriteString("sha256", HashOf(baselineFile));
            json.WriteNumber("bytes", new FileInfo(baselineFile).Length);
            json.WriteEndObject();
            BaselineJson.WriteAccepted(json, baseline);
            json.WriteEndObject();
        }

        try
        {
            AtomicFile.WriteText(path, Encoding.UTF8.GetString(stream.ToArray()) + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(BaselineErrors.NotWritable, $"The lock {path} cannot be written: {exception.Message}", innerException: exception);
        }
    }

    /// <summary>Reads a lock.</summary>
    /// <returns>The lock, or null when there is no such file.</returns>
    /// <exception cref="UserErrorException">QG3013: the file is there and is not a lock; QG3003: a newer version wrote it.</exception>
    public static BaselineLock? TryRead(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            return null;
        }

        if (file.Length > MaximumBytes)
        {
            throw Damaged(path, $"it has {file.Length} bytes, and a lock has at most {MaximumBytes}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Read(document.RootElement, path);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw Damaged(path, exception.Message.TrimEnd('.'), exception);
        }
    }

    /// <summary>SHA-256 of a file, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static BaselineLock Read(JsonElement root, string path)
    {
        string? schema = root.GetProperty("schema").GetString();
        if (schema != Schema)
        {
            throw schema?.StartsWith(SchemaPrefix, StringComparison.Ordinal) == true
                ? new UserErrorException(BaselineErrors.Unsupported, $"The lock {path} has the schema '{schema}', but this version reads '{Schema}'.")
                : Damaged(path, "its schema is not that of a lock");
        }

        JsonElement features = root.GetProperty("features");
        string sha256 = features.GetProperty("sha256").GetString() ?? "";
        return sha256.Length == Sha256Digits && sha256.All(char.IsAsciiHexDigitLower)
            ? new BaselineLock(BaselineJson.ReadAccepted(root), features.GetProperty("file").GetString() ?? "", sha256, features.GetProperty("bytes").GetInt64())
            : throw new FormatException("'sha256' is not 64 hexadecimal digits");
    }

    private static UserErrorException Damaged(string path, string reason, Exception? inner = null) =>
        new(BaselineErrors.DamagedLock, $"The lock {path} cannot be read: {reason}.", innerException: inner);
}
