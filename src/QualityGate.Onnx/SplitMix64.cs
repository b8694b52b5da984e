namespace QualityGate.Onnx;

/// <summary>SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014): the same numbers on every machine.</summary>
internal static class SplitMix64
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;

    /// <summary>The next 64 bits.</summary>
    public static ulong Next(ref ulong state)
    {
        state = unchecked(state + Step);
        return Mix(state);
    }

    /// <summary>The next number strictly between 0 and 1, of 53 bits.</summary>
    public static double NextInside(ref ulong state) => ((Next(ref state) >> 11) + 0.5) * (1.0 / (1L << 53));

    /// <summary>The output function: a well mixed function of the bits.</summary>
    public static ulong Mix(ulong state)
    {
        unchecked
        {
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EBUL;
            return state ^ (state >> 31);
        }
    }
}
