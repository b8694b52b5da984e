using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using QualityGate.Errors;
using QualityGate.Onnx.Networks;

namespace QualityGate.Features.Files;

/// <summary>What checkpoints of trainings have in common: tensors of float32 by name with a hash over all, and lists as text.</summary>
internal static class TrainingCheckpoint
{
    private const string HashKey = "sha256";

    /// <summary>A tensor inside an array of values.</summary>
    /// <param name="Name">Its name in the file.</param>
    /// <param name="Place">Its shape and place.</param>
    /// <param name="Values">The array.</param>
    public readonly record struct Part(string Name, FlatTensor Place, float[] Values)
    {
        /// <summary>The tensor's own values.</summary>
        public Span<float> Span => Values.AsSpan(Place.Start, Place.Length);
    }

    /// <summary>Writes a checkpoint in place of an older one, with the hash of its tensors.</summary>
    public static void Write(string path, IReadOnlyList<Part> parts, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Part part in parts) hash.AppendData(MemoryMarshal.AsBytes(part.Span));
        KeyValuePair<string, string>[] all = [.. metadata, new(HashKey, Convert.ToHexStringLower(hash.GetHashAndReset()))];
        SafetensorsTensor[] declared = [.. parts.Select(p => SafetensorsTensor.Declare(p.Name, SafetensorsType.Float32, [.. p.Place.Shape]))];
        FeatureFileErrors.Writing(path, () =>
        {
            using SafetensorsWriter writer = new(path, declared, all);
            for (int i = 0; i < parts.Count; i++) writer.Append<float>(i, parts[i].Span);
            writer.Commit(flushToDisk: true);
        });
    }

    /// <summary>Opens a checkpoint of a schema.</summary>
    /// <exception cref="UserErrorException">QG47xx: it is damaged, or another file.</exception>
    public static SafetensorsFile Open(string path, string schema, string what)
    {
        SafetensorsFile file;
        try
        {
            file = SafetensorsFile.Open(path);
        }
        catch (UserErrorException error)
        {
            throw new UserErrorException(TrainingErrors.CheckpointDamaged, error.Message, innerException: error);
        }

        if (file.Metadata("schema") == schema) return file;
        file.Dispose();
        throw Damaged(path, $"it is no checkpoint of {what}, or of another version of the tool");
    }

    /// <summary>Refuses a checkpoint of other options.</summary>
    /// <exception cref="UserErrorException">One differs.</exception>
    public static void RequireOptions(string path, SafetensorsFile file, IEnumerable<(string Name, string Value)> options, string prefix = "")
    {
        foreach ((string name, string value) in options)
        {
            if (file.Metadata(prefix + name) is var written && written != value)
            {
                throw new UserErrorException(TrainingErrors.OtherTraining, $"{path} was begun with --{name} {written ?? "unknown"}, not {value}.");
            }
        }
    }

    /// <summary>Reads tensors into their places and checks the hash.</summary>
    /// <exception cref="UserErrorException">It is damaged.</exception>
    public static void Read(string path, SafetensorsFile file, IEnumerable<Part> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Part part in parts)
        {
            SafetensorsTensor found = file.Find(part.Name) ?? throw Damaged(path, $"it lacks '{part.Name}'");
            if (found.Type != SafetensorsType.Float32 || !found.Shape.SequenceEqual(part.Place.Shape)) throw Damaged(path, $"'{part.Name}' has another shape");
            ReadOnlySpan<byte> bytes = file.Bytes(found);
            hash.AppendData(bytes);
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(part.Values.AsSpan(part.Place.Start));
        }

        if (file.Metadata(HashKey) != Convert.ToHexStringLower(hash.GetHashAndReset())) throw Damaged(path, "its values do not have the hash that they were written with");
    }

    /// <summary>A list or record in the metadata; the default when there is none.</summary>
    /// <exception cref="UserErrorException">It is not valid.</exception>
    public static T? Parse<T>(string path, string? json)
    {
        try
        {
            return json is null ? default : JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException error)
        {
            throw Damaged(path, $"its list of epochs is not valid ({error.Message.TrimEnd('.')})");
        }
    }

    /// <summary>The error of a checkpoint that cannot be gone on from.</summary>
    public static UserErrorException Damaged(string path, string reason) => new(TrainingErrors.CheckpointDamaged, $"{path}: {reason}.");
}
