using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using QualityGate.Numerics;

namespace QualityGate.Features.Files;

/// <summary>Names for what a set holds. Equal content gives equal names on every machine and from every file format.</summary>
public static class FeatureFingerprint
{
    private const int BlockValues = 1 << 17;

    /// <summary>SHA-256 over counts, widths and raw values of what is present, as <c>sha256:hex</c>. Row order counts.</summary>
    /// <param name="features">Features <c>[N, D]</c>, or null.</param>
    /// <param name="logits">Logits <c>[N, C]</c>, or null.</param>
    /// <param name="moments">Mean and covariance, or null.</param>
    public static string Of(FeatureMatrix? features, FeatureMatrix? logits = null, FeatureMoments? moments = null)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendMatrix(hash, "features"u8, features);
        AppendMatrix(hash, "logits"u8, logits);
        if (moments is not null)
        {
            AppendPart(hash, "moments"u8, moments.Count, moments.Width);
            hash.AppendData(MemoryMarshal.AsBytes<double>(moments.Mean));
            AppendDoubles(hash, moments.Covariance);
        }

        return Finish(hash);
    }

    /// <summary>SHA-256 over the images' hashes, whatever their order: names a set of images on every machine, even where features differ in their last bits.</summary>
    /// <param name="hashes">32 bytes an image.</param>
    public static string OfImages(ReadOnlySpan<byte> hashes)
    {
        byte[][] rows = new byte[hashes.Length / SHA256.HashSizeInBytes][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = hashes.Slice(i * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes).ToArray();
        }

        Array.Sort(rows, (a, b) => a.AsSpan().SequenceCompareTo(b));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendPart(hash, "images"u8, rows.Length, SHA256.HashSizeInBytes);
        foreach (byte[] row in rows)
        {
            hash.AppendData(row);
        }

        return Finish(hash);
    }

    /// <summary>Calls a visitor with blocks of whole rows, in order, as bits to look at and not to keep.</summary>
    internal static void ForEachBlock(FeatureMatrix matrix, Action<int, ArraySegment<float>> visit)
    {
        int rows = Math.Max(1, BlockValues / matrix.Width);
        float[] block = new float[Math.Min(rows, matrix.Count) * matrix.Width];
        long read = 0;
        for (int start = 0; start < matrix.Count; start += rows)
        {
            int count = Math.Min(rows, matrix.Count - start);
            matrix.CopyRows(start, count, block);
            visit(start, new ArraySegment<float>(block, 0, count * matrix.Width));
            read += (long)count * matrix.Width * sizeof(float);
            if (read >= FileMapping.ReleaseEvery)
            {
                matrix.ReleasePages();
                read = 0;
            }
        }
    }

    private static void AppendMatrix(IncrementalHash hash, ReadOnlySpan<byte> name, FeatureMatrix? matrix)
    {
        if (matrix is not null)
        {
            AppendPart(hash, name, matrix.Count, matrix.Width);
            ForEachBlock(matrix, (_, block) => hash.AppendData(MemoryMarshal.AsBytes<float>(block.AsSpan())));
        }
    }

    private static void AppendPart(IncrementalHash hash, ReadOnlySpan<byte> name, long count, long width)
    {
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, count);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], width);
        hash.AppendData(name);
        hash.AppendData(numbers);
    }

    private static void AppendDoubles(IncrementalHash hash, ReadOnlySpan<double> values)
    {
        // A covariance may have more bytes than one span of bytes can.
        for (int start = 0; start < values.Length; start += BlockValues)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values[start..Math.Min(start + BlockValues, values.Length)]));
        }
    }

    private static string Finish(IncrementalHash hash) => $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
}
