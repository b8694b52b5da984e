namespace QualityGate.Anomaly.Evaluation;

/// <summary>Sorts 32-bit keys in three passes of 11 bits, least significant first.</summary>
internal static class RadixSort
{
    private const int Bits = 11;
    private const int Passes = 3;
    private const int Mask = (1 << Bits) - 1;

    /// <summary>Sorts upwards; <paramref name="spare"/> is at least as long and loses its content.</summary>
    public static void Sort(Span<uint> keys, Span<uint> spare)
    {
        Span<uint> from = keys, to = spare[..keys.Length];
        int[] starts = new int[Mask + 1];
        for (int pass = 0; pass < Passes; pass++)
        {
            int shift = pass * Bits;
            if (!Starts(from, shift, starts))
            {
                continue;
            }

            foreach (uint key in from)
            {
                to[starts[(int)(key >> shift) & Mask]++] = key;
            }

            Span<uint> sorted = to;
            to = from;
            from = sorted;
        }

        // After an odd number of passes the result lies in the spare.
        if (from != keys)
        {
            from.CopyTo(keys);
        }
    }

    /// <summary>Where each digit's keys begin; false when all have the same digit.</summary>
    private static bool Starts(ReadOnlySpan<uint> keys, int shift, int[] starts)
    {
        Array.Clear(starts);
        foreach (uint key in keys)
        {
            starts[(int)(key >> shift) & Mask]++;
        }

        for (int digit = 0, sum = 0; digit < starts.Length; digit++)
        {
            if (starts[digit] == keys.Length)
            {
                return false;
            }

            (starts[digit], sum) = (sum, sum + starts[digit]);
        }

        return true;
    }
}
