using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Numerics;

namespace QualityGate.Baselines;

/// <summary>
/// Baseline files: a safetensors file of schema <c>qualitygate.baseline/1</c> with the reference's features as in a feature
/// file (or its moments), and the accepted values as JSON in the metadata. Both carry a SHA-256.
/// </summary>
public static class BaselineFile
{
    /// <summary>Schema of the files this version reads and writes.</summary>
    public const string Schema = FeatureTensors.BaselineSchema;

    private const string SchemaPrefix = "qualitygate.baseline/";
    private const string DocumentKey = "baseline";
    private const string DocumentHashKey = "baseline_sha256";
    private const string TensorHashKey = "tensors_sha256";

    // A baseline is read before it is written again; one that is held in memory leaves the file free on every system.
    private const long MaximumInMemory = 256L << 20;

    /// <summary>Writes a baseline under a temporary name and then renames it: an older file is replaced whole or stays.</summary>
    /// <exception cref="UserErrorException">QG3009: it cannot be written.</exception>
    public static void Write(string path, Baseline baseline, FeatureSet reference, AcceptedImages? images = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(reference);
        string document = BaselineJson.Write(baseline);
        List<KeyValuePair<string, string>> metadata = FeatureTensors.Describe(reference, Schema);
        metadata.Add(new(DocumentKey, document));
        metadata.Add(new(DocumentHashKey, Hash(document)));
        metadata.Add(new(TensorHashKey, TensorHash(reference, images)));
        try
        {
            FeatureTensors.Write(path, reference, metadata, flushToDisk: true, AcceptedImageTensors.Parts(images));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                BaselineErrors.NotWritable, $"The baseline {path} cannot be written: {exception.Message}", innerException: exception);
        }
    }

    /// <summary>Reads a baseline with the reference it was measured against, and checks both against their SHA-256.</summary>
    /// <exception cref="UserErrorException">QG3001 missing, QG3002 damaged, QG3003 of a newer version.</exception>
    public static (Baseline Baseline, FeatureSet Reference) Read(string path)
    {
        (Baseline baseline, FeatureSet reference, _) = ReadAll(path);
        return (baseline, reference);
    }

    /// <summary>Reads a baseline with its single images too.</summary>
    /// <exception cref="UserErrorException">As <see cref="Read"/>.</exception>
    public static (Baseline Baseline, FeatureSet Reference, AcceptedImages? Images) ReadAll(string path)
    {
        (Baseline baseline, FeatureSet reference, AcceptedImages? images, bool intact) = ReadParts(path);
        return intact ? (baseline, reference, images) : throw Damaged(path, "its features are not those that were written");
    }

    /// <summary>Reads the accepted values alone, without looking at the features.</summary>
    /// <exception cref="UserErrorException">QG3001 missing, QG3002 damaged, QG3003 of a newer version.</exception>
    public static Baseline ReadValues(string path)
    {
        using SafetensorsFile file = Open(path);
        return ReadDocument(file);
    }

    /// <summary>Looks for anything that is wrong with a baseline.</summary>
    /// <returns>One sentence a problem; none when it is sound.</returns>
    public static IReadOnlyList<string> Verify(string path)
    {
        try
        {
            (Baseline baseline, FeatureSet reference, _, bool intact) = ReadParts(path);
            List<string> problems = [];
            if (!intact)
            {
                problems.Add($"{path}: the SHA-256 of its features is not the one that was written.");
            }

            if (reference.Count != baseline.Provenance.ReferenceCount)
            {
                problems.Add($"{path}: it holds {reference.Count} images but says it was made with {baseline.Provenance.ReferenceCount}.");
            }

            return problems;
        }
        catch (UserErrorException exception)
        {
            return [exception.Message];
        }
    }

    private static (Baseline Baseline, FeatureSet Reference, AcceptedImages? Images, bool Intact) ReadParts(string path)
    {
        SafetensorsFile file = Open(path);
        bool keepOpen = false;
        try
        {
            Baseline baseline = ReadDocument(file);
            FeatureSet set = InMemoryWhenSmall(FeatureFile.Finish(FeatureTensors.Read(file, key: null, path)));
            keepOpen = set.Features is MappedFeatureMatrix || set.Logits is MappedFeatureMatrix;
            AcceptedImages? images = AcceptedImageTensors.Read(file, set);
            bool intact = file.Metadata(TensorHashKey) == TensorHash(set, images);

            // The set goes by the name it had when it was measured, so that it is known again.
            return (baseline, set with { Fingerprint = baseline.Provenance.ReferenceFingerprint }, images, intact);
        }
        catch (Exception exception) when (exception is FormatException || (exception is UserErrorException error && error.Code != BaselineErrors.Damaged))
        {
            throw Damaged(path, exception.Message.TrimEnd('.'), exception);
        }
        finally
        {
            if (!keepOpen)
            {
                file.Dispose();
            }
        }
    }

    private static SafetensorsFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new UserErrorException(BaselineErrors.Missing, $"There is no baseline at {path}.");
        }

        SafetensorsFile file;
        try
        {
            file = SafetensorsFile.Open(path);
        }
        catch (UserErrorException exception)
        {
            throw Damaged(path, exception.Message.TrimEnd('.'), exception);
        }

        string? schema = file.Metadata("schema");
        if (schema != Schema)
        {
            file.Dispose();
            throw schema?.StartsWith(SchemaPrefix, StringComparison.Ordinal) == true
                ? new UserErrorException(BaselineErrors.Unsupported, $"The baseline {path} has the schema '{schema}', but this version reads '{Schema}'.")
                : Damaged(path, "it is a safetensors file but not a baseline");
        }

        return file;
    }

    private static Baseline ReadDocument(SafetensorsFile file)
    {
        string path = file.Mapping.Path;
        string document = file.Metadata(DocumentKey) ?? throw Damaged(path, "it has no values");
        if (file.Metadata(DocumentHashKey) != Hash(document))
        {
            throw Damaged(path, "its values are not those that were written");
        }

        try
        {
            return BaselineJson.Read(document);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw Damaged(path, $"its values cannot be read ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    private static FeatureSet InMemoryWhenSmall(FeatureSet set)
    {
        long bytes = Bytes(set.Features) + Bytes(set.Logits);
        return bytes > MaximumInMemory ? set : set with { Features = Copy(set.Features), Logits = Copy(set.Logits) };
    }

    private static long Bytes(FeatureMatrix? matrix) => matrix is null ? 0 : (long)matrix.Count * matrix.Width * sizeof(float);

    private static DenseFeatureMatrix? Copy(FeatureMatrix? matrix)
    {
        if (matrix is null)
        {
            return null;
        }

        float[] values = new float[matrix.Count * matrix.Width];
        matrix.CopyRows(0, matrix.Count, values);
        return new DenseFeatureMatrix(values, matrix.Count, matrix.Width);
    }

    private static string TensorHash(FeatureSet set, AcceptedImages? images)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(FeatureFingerprint.Of(set.Features, set.Logits, set.Moments)));
        hash.AppendData(set.Hashes ?? []);
        hash.AppendData(set.Ids is null ? [] : ImageIds.Encode(set.Ids));
        hash.AppendData(Encoding.UTF8.GetBytes($"{set.ExtractorName}\n{set.ExtractorFingerprint}"));
        AcceptedImageTensors.AppendTo(hash, images);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static UserErrorException Damaged(string path, string reason, Exception? inner = null) =>
        new(BaselineErrors.Damaged, $"The baseline {path} is damaged: {reason}.", innerException: inner);
}
