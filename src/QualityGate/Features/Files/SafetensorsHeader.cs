using System.Buffers.Binary;
using System.Text.Json;
using QualityGate.Errors;

namespace QualityGate.Features.Files;

/// <summary>
/// The head of a safetensors file: 8 bytes of little-endian length, then JSON that gives each tensor's type, shape and byte
/// range, and free text under <c>__metadata__</c>. The ranges must cover the rest of the file without gaps or overlaps.
/// </summary>
/// <param name="Tensors">In the order of their bytes.</param>
/// <param name="Metadata">Text by name.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsTensor> Tensors,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Longest header read, the bound of the format's own library.</summary>
    public const int MaximumLength = 100_000_000;

    private const string MetadataKey = "__metadata__";
    private const int MaximumRank = 16;
    private const int LengthBytes = sizeof(ulong);

    /// <summary>Reads the head of a mapped file and checks it against the file's length.</summary>
    /// <exception cref="UserErrorException">The file is damaged or not a safetensors file.</exception>
    public static SafetensorsHeader Read(FileMapping file)
    {
        ulong length = file.Length < LengthBytes
            ? throw FeatureFileErrors.Damaged(file.Path, "it is too short for a safetensors file")
            : BinaryPrimitives.ReadUInt64LittleEndian(file.Slice<byte>(0, LengthBytes));
        if (length > MaximumLength || (long)length > file.Length - LengthBytes)
        {
            throw FeatureFileErrors.Damaged(file.Path, $"its header claims {length} bytes, so it is cut off or not a safetensors file");
        }

        byte[] json = file.Slice<byte>(LengthBytes, (int)length).ToArray();
        try
        {
            // Depth 3 is all the format needs; duplicates would leave it to the reader which one counts.
            JsonDocumentOptions options = new() { MaxDepth = 4, AllowDuplicateProperties = false };
            using JsonDocument document = JsonDocument.Parse(json, options);
            return Parse(document.RootElement, LengthBytes + (long)length, file.Length);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw FeatureFileErrors.Damaged(file.Path, $"its header is not valid ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    /// <summary>The head's bytes, length included, padded with spaces so that the data begin at a multiple of 8.</summary>
    /// <remarks>Only names, types, shapes and lengths of <paramref name="tensors"/> count; they follow each other in this order.</remarks>
    public static byte[] Write(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        using MemoryStream stream = new();
        stream.Write(new byte[LengthBytes]);
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long start = 0;
            foreach (SafetensorsTensor tensor in tensors)
            {
                WriteTensor(json, tensor, start);
                start = checked(start + tensor.Length);
            }

            json.WriteEndObject();
        }

        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' ');
        }

        byte[] bytes = stream.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - LengthBytes);
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(MetadataKey);
        foreach (KeyValuePair<string, string> entry in metadata)
        {
            json.WriteString(entry.Key, entry.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, SafetensorsTensor tensor, long start)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type);
        json.WriteStartArray("shape");
        foreach (long dimension in tensor.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(start + tensor.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static SafetensorsHeader Parse(JsonElement root, long dataStart, long fileLength)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        List<SafetensorsTensor> tensors = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                foreach (JsonProperty entry in property.Value.EnumerateObject())
                {
                    metadata.Add(entry.Name, entry.Value.GetString() ?? throw new FormatException($"metadata '{entry.Name}' is null"));
                }
            }
            else
            {
                tensors.Add(ParseTensor(property.Name, property.Value, dataStart));
            }
        }

        tensors.Sort((a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : a.Length.CompareTo(b.Length));
        CheckCoverage(tensors, dataStart, fileLength);
        return new SafetensorsHeader(tensors, metadata);
    }

    private static SafetensorsTensor ParseTensor(string name, JsonElement element, long dataStart)
    {
        string? type = Property(element, "dtype", name).GetString();
        if (type is null || !SafetensorsType.TryGetSize(type, out int size))
        {
            throw new FormatException($"tensor '{name}' has the unknown type '{type}'");
        }

        JsonElement shapeElement = Property(element, "shape", name);
        if (shapeElement.GetArrayLength() > MaximumRank)
        {
            throw new FormatException($"tensor '{name}' has {shapeElement.GetArrayLength()} dimensions");
        }

        long[] shape = [.. shapeElement.EnumerateArray().Select(dimension => dimension.GetInt64())];
        JsonElement offsets = Property(element, "data_offsets", name);
        if (offsets.GetArrayLength() != 2 || shape.Any(dimension => dimension < 0))
        {
            throw new FormatException($"tensor '{name}' has a wrong shape or byte range");
        }

        long start = offsets[0].GetInt64();
        long end = offsets[1].GetInt64();
        if (start < 0 || end < start || end - start != checked(SafetensorsTensor.Elements(shape) * size))
        {
            throw new FormatException($"tensor '{name}' has bytes {start}..{end}, which do not fit its shape");
        }

        return new SafetensorsTensor(name, type, shape, checked(dataStart + start), end - start);
    }

    private static JsonElement Property(JsonElement tensor, string property, string name) =>
        tensor.TryGetProperty(property, out JsonElement value) ? value : throw new FormatException($"tensor '{name}' has no '{property}'");

    private static void CheckCoverage(List<SafetensorsTensor> tensors, long dataStart, long fileLength)
    {
        long position = dataStart;
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (tensor.Offset != position)
            {
                throw new FormatException($"tensor '{tensor.Name}' overlaps another or leaves a gap");
            }

            position = checked(position + tensor.Length);
        }

        if (position != fileLength)
        {
            throw new FormatException($"its tensors end at byte {position} but the file at byte {fileLength}");
        }
    }
}
