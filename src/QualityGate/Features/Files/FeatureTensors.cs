using System.Globalization;
using QualityGate.Numerics;

namespace QualityGate.Features.Files;

/// <summary>A feature set as tensors of a safetensors file, both ways. Feature files and baselines share it.</summary>
internal static class FeatureTensors
{
    /// <summary>Baselines hold the same tensors, so a baseline can be given where features are.</summary>
    public const string BaselineSchema = "qualitygate.baseline/1";

    public const string RecipeKey = "recipe";
    public const string ToolVersionKey = "tool_version";

    private const string SchemaKey = "schema";
    private const string SchemaPrefix = "qualitygate.";
    private const string ExtractorKey = "extractor";
    private const string ExtractorFingerprintKey = "extractor_fingerprint";
    private const string MomentsCountKey = "moments_count";
    private const int HashBytes = 32;

    /// <summary>Reads a set from a file that may be foreign. The fingerprint is left for the caller.</summary>
    public static FeatureSet Read(FeatureLocation location, string source)
    {
        SafetensorsFile file = SafetensorsFile.Open(location.Path);
        bool mapped = false;
        try
        {
            FeatureSet set = Read(file, location.Key, source);
            mapped = set.Features is MappedFeatureMatrix || set.Logits is MappedFeatureMatrix;
            return set;
        }
        finally
        {
            if (!mapped)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Reads a set from an open file; its matrices may refer to the file.</summary>
    public static FeatureSet Read(SafetensorsFile file, string? key, string source)
    {
        CheckSchema(file);
        SafetensorsTensor? features = file.Find(key ?? "features");
        SafetensorsTensor? logits = key is null ? file.Find("logits") : null;
        if (features is null && logits is null)
        {
            return key is null && file.Find("mu") is SafetensorsTensor mu && file.Find("sigma") is SafetensorsTensor sigma
                ? Statistics(file, mu, sigma, source)
                : throw FeatureFileErrors.NotFound(file.Mapping.Path, $"'{key ?? "features"}'", file.Header.Tensors.Select(t => t.Name));
        }

        FeatureMatrix? featureMatrix = features is null ? null : file.Matrix(features);
        FeatureMatrix? logitMatrix = logits is null ? null : file.Matrix(logits);
        int count = featureMatrix?.Count ?? logitMatrix!.Count;
        if (logitMatrix is not null && logitMatrix.Count != count)
        {
            throw FeatureFileErrors.WrongShape(file.Mapping.Path, $"it has {count} rows of features but {logitMatrix.Count} of logits");
        }

        bool ours = file.Metadata(SchemaKey) is not null;
        return new FeatureSet
        {
            Source = source,
            Count = count,
            Fingerprint = "",
            Features = featureMatrix,
            Logits = logitMatrix,
            Hashes = ours ? Hashes(file, count) : null,
            Ids = ours && file.Find("ids") is SafetensorsTensor ids ? ImageIds.Decode(file.Bytes(ids), count, file.Mapping.Path) : null,
            ExtractorName = ours ? file.Metadata(ExtractorKey) : null,
            ExtractorFingerprint = ours ? file.Metadata(ExtractorFingerprintKey) : null,
        };
    }

    /// <summary>The metadata that every file of ours begins with.</summary>
    public static List<KeyValuePair<string, string>> Describe(FeatureSet set, string schema)
    {
        List<KeyValuePair<string, string>> metadata = [new(SchemaKey, schema)];
        AddIfKnown(metadata, ExtractorKey, set.ExtractorName);
        AddIfKnown(metadata, ExtractorFingerprintKey, set.ExtractorFingerprint);
        AddIfKnown(metadata, MomentsCountKey, set.Moments?.Count.ToString(CultureInfo.InvariantCulture));
        return metadata;
    }

    /// <summary>Adds an entry unless its value is null.</summary>
    public static void AddIfKnown(List<KeyValuePair<string, string>> metadata, string key, string? value)
    {
        if (value is not null)
        {
            metadata.Add(new(key, value));
        }
    }

    /// <summary>A tensor to write: what it is, and what fills it.</summary>
    public readonly record struct Part(SafetensorsTensor Tensor, Action<SafetensorsWriter, int> Fill);

    /// <summary>Writes all that a set holds. Wider types come first, so that every tensor is aligned.</summary>
    public static void Write(
        string path, FeatureSet set, IReadOnlyList<KeyValuePair<string, string>> metadata, bool flushToDisk, IReadOnlyList<Part>? more = null)
    {
        CheckConsistent(set);
        List<Part> parts = [];
        if (set.Moments is FeatureMoments moments)
        {
            int width = moments.Width;
            parts.Add(new(SafetensorsTensor.Declare("mu", SafetensorsType.Float64, width), (writer, i) => writer.Append<double>(i, moments.Mean)));
            parts.Add(new(SafetensorsTensor.Declare("sigma", SafetensorsType.Float64, width, width), (writer, i) => writer.Append<double>(i, moments.Covariance)));
        }

        AddMatrix(parts, "features", set.Features);
        AddMatrix(parts, "logits", set.Logits);
        parts.AddRange((more ?? []).Where(p => p.Tensor.Type != SafetensorsType.Byte));
        if (set.Hashes is byte[] hashes)
        {
            parts.Add(new(SafetensorsTensor.Declare("hashes", SafetensorsType.Byte, set.Count, HashBytes), (writer, i) => writer.Append<byte>(i, hashes)));
        }

        if (set.Ids is IReadOnlyList<string> ids)
        {
            byte[] text = ImageIds.Encode(ids);
            parts.Add(new(SafetensorsTensor.Declare("ids", SafetensorsType.Byte, text.Length), (writer, i) => writer.Append<byte>(i, text)));
        }

        parts.AddRange((more ?? []).Where(p => p.Tensor.Type == SafetensorsType.Byte));

        using SafetensorsWriter writer = new(path, [.. parts.Select(part => part.Tensor)], metadata);
        for (int i = 0; i < parts.Count; i++)
        {
            parts[i].Fill(writer, i);
        }

        writer.Commit(flushToDisk);
    }

    private static void AddMatrix(
        List<Part> parts, string name, FeatureMatrix? matrix)
    {
        if (matrix is not null)
        {
            parts.Add(new(
                SafetensorsTensor.Declare(name, SafetensorsType.Float32, matrix.Count, matrix.Width),
                (writer, tensor) => FeatureFingerprint.ForEachBlock(matrix, (_, block) => writer.Append<float>(tensor, block))));
        }
    }

    private static void CheckConsistent(FeatureSet set)
    {
        bool consistent = (set.Features is null || set.Features.Count == set.Count)
            && (set.Logits is null || set.Logits.Count == set.Count)
            && (set.Hashes is null || set.Hashes.Length == (long)set.Count * HashBytes)
            && (set.Ids is null || set.Ids.Count == set.Count);
        if (!consistent)
        {
            throw new ArgumentException($"The parts of '{set.Source}' do not all have {set.Count} rows.", nameof(set));
        }
    }

    private static void CheckSchema(SafetensorsFile file)
    {
        string? schema = file.Metadata(SchemaKey);
        bool known = schema is null or FeatureFile.Schema or BaselineSchema;
        if (!known && schema!.StartsWith(SchemaPrefix, StringComparison.Ordinal))
        {
            throw FeatureFileErrors.Unsupported(
                file.Mapping.Path, $"its schema is '{schema}', but this version reads '{FeatureFile.Schema}'", "Update the tool that reads it.");
        }
    }

    private static byte[]? Hashes(SafetensorsFile file, int count)
    {
        SafetensorsTensor? tensor = file.Find("hashes");
        if (tensor is null)
        {
            return null;
        }

        return tensor.Type == SafetensorsType.Byte && tensor.Shape is [long rows, HashBytes] && rows == count
            ? file.Bytes(tensor).ToArray()
            : throw FeatureFileErrors.WrongShape(file.Mapping.Path, $"'hashes' is {MatrixShape.Text(tensor.Shape)}, not ({count}, {HashBytes}) bytes");
    }

    private static FeatureSet Statistics(SafetensorsFile file, SafetensorsTensor mu, SafetensorsTensor sigma, string source)
    {
        bool known = int.TryParse(file.Metadata(MomentsCountKey), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        FeatureMoments moments = MomentsCheck.Create(
            file.Mapping.Path, file.Doubles(mu), mu.Shape, file.Doubles(sigma), sigma.Shape, known ? count : 0);
        return new FeatureSet
        {
            Source = source,
            Count = moments.Count,
            Fingerprint = "",
            Moments = moments,
            ExtractorName = file.Metadata(ExtractorKey),
            ExtractorFingerprint = file.Metadata(ExtractorFingerprintKey),
        };
    }
}
