namespace QualityGate.Onnx;

/// <summary>Normal random numbers that are the same on every machine and for any number of threads.</summary>
internal static class NormalWeights
{
    /// <summary>Values drawn from one stream. Streams do not depend on each other, so they are filled in parallel.</summary>
    private const int BlockLength = 1 << 16;

    /// <summary><paramref name="count"/> values of mean 0 and the given standard deviation.</summary>
    /// <param name="seed">Chooses the sequence.</param>
    /// <param name="layer">Chooses another sequence of the same seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="standardDeviation">Their standard deviation.</param>
    public static float[] Draw(long seed, int layer, int count, double standardDeviation)
    {
        float[] values = new float[count];
        ulong layerKey = Mix(Mix((ulong)seed) + (ulong)layer);
        Parallel.For(0, (count + BlockLength - 1) / BlockLength, block =>
        {
            int start = block * BlockLength;
            Fill(values.AsSpan(start, Math.Min(BlockLength, count - start)), Mix(layerKey + (ulong)block), standardDeviation);
        });
        return values;
    }

    private static void Fill(Span<float> values, ulong state, double standardDeviation)
    {
        foreach (ref float value in values)
        {
            state = unchecked(state + 0x9E3779B97F4A7C15UL);
            double uniform = ((Mix(state) >> 11) + 0.5) * (1.0 / (1L << 53));
            value = (float)(NormalQuantile.At(uniform) * standardDeviation);
        }
    }

    /// <summary>The output function of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).</summary>
    private static ulong Mix(ulong state)
    {
        unchecked
        {
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EBUL;
            return state ^ (state >> 31);
        }
    }
}
