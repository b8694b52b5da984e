using System.Runtime.InteropServices;
using System.Security.Cryptography;
using QualityGate.Features;
using QualityGate.Numerics;

namespace QualityGate.Baselines;

/// <summary>What images are known again by: the hashes of their files, or, where only features are known, those of their rows.</summary>
internal static class ImageKeys
{
    private const int BlockRows = 1024;

    /// <summary>32 bytes an image, or null when there are neither hashes nor features.</summary>
    public static byte[]? Of(FeatureSet set) => set.Hashes ?? (set.Features is { } features ? OfRows(features) : null);

    private static byte[] OfRows(FeatureMatrix features)
    {
        byte[] keys = new byte[checked(features.Count * AcceptedImages.HashBytes)];
        float[] rows = new float[Math.Min(BlockRows, features.Count) * features.Width];
        for (int start = 0; start < features.Count; start += BlockRows)
        {
            int count = Math.Min(BlockRows, features.Count - start);
            features.CopyRows(start, count, rows.AsSpan(0, count * features.Width));
            for (int i = 0; i < count; i++)
            {
                SHA256.HashData(MemoryMarshal.AsBytes(rows.AsSpan(i * features.Width, features.Width)), keys.AsSpan((start + i) * AcceptedImages.HashBytes, AcceptedImages.HashBytes));
            }
        }

        return keys;
    }
}
