using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;

namespace QualityGate.Baselines;

/// <summary><see cref="AcceptedImages"/> as tensors of a baseline file: <c>candidate_hashes</c> [N, 32], and <c>influence.METRIC.candidate</c> and <c>influence.METRIC.reference</c>, one float32 an image.</summary>
internal static class AcceptedImageTensors
{
    private const string HashesName = "candidate_hashes";
    private const string Prefix = "influence.";
    private const string CandidateSuffix = ".candidate";
    private const string ReferenceSuffix = ".reference";

    /// <summary>Tensors to write after those of the reference.</summary>
    public static IReadOnlyList<FeatureTensors.Part> Parts(AcceptedImages? images)
    {
        if (images is null)
        {
            return [];
        }

        List<FeatureTensors.Part> parts = [];
        foreach ((string metric, MetricInfluence influence) in images.Influences.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            Add(parts, Prefix + metric + CandidateSuffix, influence.Candidate);
            Add(parts, Prefix + metric + ReferenceSuffix, influence.Reference);
        }

        byte[] hashes = images.Candidate;
        parts.Add(new(
            SafetensorsTensor.Declare(HashesName, SafetensorsType.Byte, images.CandidateCount, AcceptedImages.HashBytes), (writer, i) => writer.Append<byte>(i, hashes)));
        return parts;
    }

    /// <summary>Reads them back, or null when the file has none.</summary>
    /// <param name="file">The baseline.</param>
    /// <param name="reference">The reference, as the file has it.</param>
    /// <exception cref="FormatException">They are not what they should be.</exception>
    public static AcceptedImages? Read(SafetensorsFile file, FeatureSet reference)
    {
        if (file.Find(HashesName) is not { } tensor)
        {
            return null;
        }

        if (tensor.Type != SafetensorsType.Byte || tensor.Shape is not [long rows, AcceptedImages.HashBytes])
        {
            throw new FormatException($"'{HashesName}' is not a hash an image");
        }

        Dictionary<string, MetricInfluence> influences = new(StringComparer.Ordinal);
        foreach (string metric in file.Header.Tensors.Select(t => MetricOf(t.Name)).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            influences[metric] = new MetricInfluence(
                Values(file, Prefix + metric + ReferenceSuffix, reference.Count), Values(file, Prefix + metric + CandidateSuffix, (int)Math.Min(rows, int.MaxValue)));
        }

        return influences.Count == 0 ? null : new AcceptedImages(file.Bytes(tensor).ToArray(), ImageKeys.Of(reference), influences);
    }

    /// <summary>Adds them to a hash; nothing when there are none, so that older files keep theirs.</summary>
    public static void AppendTo(IncrementalHash hash, AcceptedImages? images)
    {
        if (images is null)
        {
            return;
        }

        hash.AppendData(images.Candidate);
        foreach ((string metric, MetricInfluence influence) in images.Influences.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(metric));
            hash.AppendData(MemoryMarshal.AsBytes(Array.ConvertAll(influence.Candidate, v => (float)v).AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(Array.ConvertAll(influence.Reference, v => (float)v).AsSpan()));
        }
    }

    private static string? MetricOf(string tensor) =>
        !tensor.StartsWith(Prefix, StringComparison.Ordinal) ? null
        : tensor.EndsWith(CandidateSuffix, StringComparison.Ordinal) ? tensor[Prefix.Length..^CandidateSuffix.Length]
        : tensor.EndsWith(ReferenceSuffix, StringComparison.Ordinal) ? tensor[Prefix.Length..^ReferenceSuffix.Length]
        : null;

    private static void Add(List<FeatureTensors.Part> parts, string name, double[] values)
    {
        if (values.Length > 0)
        {
            float[] rounded = Array.ConvertAll(values, v => (float)v);
            parts.Add(new(SafetensorsTensor.Declare(name, SafetensorsType.Float32, rounded.Length), (writer, i) => writer.Append<float>(i, rounded)));
        }
    }

    private static double[] Values(SafetensorsFile file, string name, int count)
    {
        if (file.Find(name) is not { } tensor)
        {
            return [];
        }

        if (tensor.Shape is not [long length] || length != count)
        {
            throw new FormatException($"'{name}' does not have a number for each of {count} images");
        }

        double[] values = file.Doubles(tensor);
        return Array.TrueForAll(values, double.IsFinite) ? values : throw new FormatException($"'{name}' holds a number that is not finite");
    }
}
