using System.Buffers.Binary;

namespace QualityGate.Baselines;

/// <summary>Images that two sets share, found by their hashes.</summary>
internal static class SharedImages
{
    /// <summary>For each image of the first set the same image in the second, or -1. The n-th copy of an image meets the n-th, so none is met twice.</summary>
    /// <param name="first">SHA-256 of each image, 32 bytes an image.</param>
    /// <param name="second">The same of the other set.</param>
    public static int[] Partners(byte[] first, byte[] second)
    {
        Dictionary<Hash, Queue<int>> places = [];
        for (int i = 0; i < second.Length / AcceptedImages.HashBytes; i++)
        {
            Hash hash = Hash.At(second, i);
            if (!places.TryGetValue(hash, out Queue<int>? queue))
            {
                places[hash] = queue = new Queue<int>(1);
            }

            queue.Enqueue(i);
        }

        int[] partners = new int[first.Length / AcceptedImages.HashBytes];
        for (int i = 0; i < partners.Length; i++)
        {
            partners[i] = places.TryGetValue(Hash.At(first, i), out Queue<int>? queue) && queue.TryDequeue(out int partner) ? partner : -1;
        }

        return partners;
    }

    private readonly record struct Hash(UInt128 High, UInt128 Low)
    {
        public static Hash At(byte[] hashes, int index)
        {
            ReadOnlySpan<byte> bytes = hashes.AsSpan(index * AcceptedImages.HashBytes, AcceptedImages.HashBytes);
            return new Hash(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
        }
    }
}
