using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using QualityGate.Onnx;

namespace QualityGate.Anomaly.Search;

/// <summary>Where a search begins: numbers that follow from the image's content, the seed and the restart, and from nothing else.</summary>
internal static class LatentStart
{
    private const double Scale = 1.0 / (1L << 53);

    /// <summary>Draws one latent vector: SplitMix64 (Steele et al., 2014) from a hash, through the normal quantile function.</summary>
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
            state = unchecked(state + 0x9E3779B97F4A7C15);
            ulong z = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            double uniform = (((z ^ (z >> 31)) >> 11) + 0.5) * Scale;
            value = (float)(options.Prior == LatentPrior.Normal ? NormalQuantile.At(uniform) : (2 * uniform) - 1);
        }
    }
}
