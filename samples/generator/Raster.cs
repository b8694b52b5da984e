using System.Security.Cryptography;

namespace QualityGate.Samples.Generator;

/// <summary>An 8-bit image: rows from the top, samples interleaved; one channel is grey, three are red, green, blue.</summary>
internal sealed record Raster(int Width, int Height, int Channels, byte[] Samples)
{
    /// <summary>SHA-256 of the samples in lower-case hexadecimal: what the manifest records.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Samples));
}
