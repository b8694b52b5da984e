using System.Numerics;
using System.Runtime.InteropServices;

namespace QualityGate.Features.Cache;

/// <summary>CRC-32C over an image's hash and its row, kept beside the row from the journal to the last merge.</summary>
internal static class RowChecksum
{
    /// <summary>Check sum of one row. The hash is part of it, so a row cannot be taken for another image's.</summary>
    public static uint Of(ReadOnlySpan<byte> hash, ReadOnlySpan<float> features, ReadOnlySpan<float> logits)
    {
        uint state = Append(uint.MaxValue, hash);
        state = Append(state, MemoryMarshal.AsBytes(features));
        return ~Append(state, MemoryMarshal.AsBytes(logits));
    }

    /// <summary>Check sum of plain bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(uint.MaxValue, bytes);

    private static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (byte value in bytes[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return state;
    }
}
