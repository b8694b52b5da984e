using System.Text.Json;
using System.Text.Json.Serialization;
using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>Reads and writes <c>entry.json</c>. The file may have been edited or come from elsewhere: nothing in it is taken on trust.</summary>
internal static class ModelEntryFile
{
    public const string Schema = "qualitygate.model/1";

    private const string SchemaPrefix = "qualitygate.model/";
    private const long MaximumBytes = 1 << 20;
    private const int MostFiles = 1000;
    private const long MostBytes = 1L << 45;
    private const int Sha256Digits = 64;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        WriteIndented = true,
        NewLine = "\n",
    };

    public static string Write(ModelEntry entry) => JsonSerializer.Serialize(entry, Json) + "\n";

    /// <summary>Reads an entry.</summary>
    /// <exception cref="UserErrorException">QG4605: it is none, or another model's, or of a newer version.</exception>
    public static ModelEntry Read(string path, string name)
    {
        FileInfo file = new(path);
        if (!file.Exists)
            throw Bad(name, $"{path} is missing");
        if (file.Length > MaximumBytes)
            throw Bad(name, $"{path} has {file.Length} bytes, and an entry has at most {MaximumBytes}");
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            CheckSchema(bytes, name);
            ModelEntry entry = JsonSerializer.Deserialize<ModelEntry>(bytes, Json) ?? throw Bad(name, "it is empty");
            return FaultOf(entry, name) is { } fault ? throw Bad(name, fault) : entry;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Bad(name, exception.Message.TrimEnd('.'), exception);
        }
    }

    private static void CheckSchema(byte[] bytes, string name)
    {
        using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
        JsonElement root = document.RootElement;
        string? schema = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (schema == Schema)
            return;
        throw schema?.StartsWith(SchemaPrefix, StringComparison.Ordinal) == true
            ? Bad(name, $"it has the schema '{schema}', but this version reads '{Schema}'")
            : Bad(name, "its schema is not that of a model");
    }

    private static string? FaultOf(ModelEntry entry, string name)
    {
        if (entry.Name != name)
            return $"it is the entry of '{entry.Name}'";
        if (entry.Files.Count > MostFiles || entry.Files.Any(f => f is null) || entry.Outputs.Any(o => o is null))
            return "its lists cannot be those of a model";
        if (entry.Files.FirstOrDefault(f => !IsInside(f.File)) is { } stray)
            return $"it names '{stray.File}', which does not lie in the model's folder";
        if (entry.Files.FirstOrDefault(f => !IsHash(f.Sha256) || f.Bytes is < 0 or > MostBytes) is { } unhashed)
            return $"its hash or length of '{unhashed.File}' is none";
        if (entry.Files.DistinctBy(f => f.File).Count() != entry.Files.Count || entry.Files.All(f => f.File != StorePlaces.ModelFileName))
            return $"it names no {StorePlaces.ModelFileName}, or a file twice";
        return IsHash(entry.Source.Sha256) ? null : "the hash of its source is none";
    }

    /// <summary>Whether a text is a path below a folder, as entries write it.</summary>
    public static bool IsInside(string path) =>
        path.Length > 0 && !path.Contains('\\') && !path.Contains(':') && !path.Any(char.IsControl) && path.Split('/').All(part => part is not ("" or "." or ".."));

    private static bool IsHash(string text) => text.Length == Sha256Digits && text.All(char.IsAsciiHexDigitLower);

    private static UserErrorException Bad(string name, string reason, Exception? inner = null) =>
        new(ModelErrors.BadEntry, $"The entry of the stored model '{name}' cannot be read: {reason}.", innerException: inner);
}
