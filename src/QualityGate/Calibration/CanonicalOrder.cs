using System.Security.Cryptography;
using QualityGate.Features;
using QualityGate.Numerics;

namespace QualityGate.Calibration;

/// <summary>
/// The images of a set in an order that comes from what they hold, not from what their files are called: a seed then draws the same images from a set whose
/// files were renamed, and sums over them round alike.
/// </summary>
internal static class CanonicalOrder
{
    /// <summary>Rows by the hash of the image where it is known, else by features, logits and label.</summary>
    public static int[] Of(FeatureSet set)
    {
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        Array.Sort(rows, set.Hashes is { } hashes ? (a, b) => ByHash(hashes, a, b) : (a, b) => ByContent(set, a, b));
        return rows;
    }

    // Equal images stay in the order of the files: exchanging them changes nothing.
    private static int ByHash(byte[] hashes, int a, int b) =>
        HashOf(hashes, a).SequenceCompareTo(HashOf(hashes, b)) is var order and not 0 ? order : a.CompareTo(b);

    private static ReadOnlySpan<byte> HashOf(byte[] hashes, int row) => hashes.AsSpan(row * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);

    private static int ByContent(FeatureSet set, int a, int b)
    {
        int order = ByRow(set.Features, a, b);
        order = order == 0 ? ByRow(set.Logits, a, b) : order;
        order = order == 0 && set.Labels is { } labels ? string.CompareOrdinal(labels[a], labels[b]) : order;
        return order == 0 ? a.CompareTo(b) : order;
    }

    private static int ByRow(FeatureMatrix? matrix, int a, int b) => matrix is null ? 0 : matrix.Row(a).SequenceCompareTo(matrix.Row(b));
}
