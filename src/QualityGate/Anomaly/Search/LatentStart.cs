using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using QualityGate.Onnx;

namespace QualityGate.Anomaly.Search;

/// <summary>Where a search begins: numbers that follow from the image's content, the seed and the restart, and from nothing else.</summary>
internal static class LatentStart
{
    /// <summary>Draws one latent vector: SplitMix64 from a hash, through the normal quantile function.</summary>
    /// <param name="image">The image's values.</param>
    /// <param name="options">Seed and prior.</param>
    /// <param name="restart">Which beginning, from 0.</param>
    /// <param name="latent">Receives the vector.</param>
    public static void Draw(ReadOnlySpan<float> image, LatentSearchOptions options, int restart, Span<float> latent)
    {
        Span<byte> text = stackalloc byte[SHA256.HashSizeInBytes + 12];
        SHA256.HashData(MemoryMarshal.AsBytes(image), text);
        BinaryPrimitives.WriteInt64LittleEndian(text[SHA256.HashSizeInBytes..], options.Seed);
        BinaryPrimitives.WriteInt32LittleEndian(text[(SHA256.HashSizeInBytes + 8)..], restart);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        ulong state = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        foreach (ref float value in latent)
        {
            double uniform = SplitMix64.NextInside(ref state);
            value = (float)(options.Prior == LatentPrior.Normal ? NormalQuantile.At(uniform) : (2 * uniform) - 1);
        }
    }
}
