using System.Globalization;
using System.Security.Cryptography;
using QualityGate.Numerics;

namespace QualityGate.Features;

/// <summary>A set of some of another set's images.</summary>
internal static class RowSubset
{
    /// <summary>The images <paramref name="rows"/> of <paramref name="set"/>, with their features, logits, hashes, paths and labels. Statistics of the whole set are left out.</summary>
    public static FeatureSet Of(FeatureSet set, int[] rows) => new()
    {
        Source = set.Source,
        Count = rows.Length,
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{set.Fingerprint}, {rows.Length} of it"),
        Features = set.Features is { } features ? new SelectedRows(features, rows) : null,
        Logits = set.Logits is { } logits ? new SelectedRows(logits, rows) : null,
        Hashes = set.Hashes is { } hashes ? HashesOf(hashes, rows) : null,
        Ids = set.Ids is { } ids ? Array.ConvertAll(rows, row => ids[row]) : null,
        Labels = set.Labels is { } labels ? Array.ConvertAll(rows, row => labels[row]) : null,
        ExtractorName = set.ExtractorName,
        ExtractorFingerprint = set.ExtractorFingerprint,
    };

    private static byte[] HashesOf(byte[] hashes, int[] rows)
    {
        byte[] chosen = new byte[rows.Length * SHA256.HashSizeInBytes];
        for (int i = 0; i < rows.Length; i++)
        {
            hashes.AsSpan(rows[i] * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes).CopyTo(chosen.AsSpan(i * SHA256.HashSizeInBytes));
        }

        return chosen;
    }
}
