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
        ulong layerKey = SplitMix64.Mix(SplitMix64.Mix((ulong)seed) + (ulong)layer);
        Parallel.For(0, (count + BlockLength - 1) / BlockLength, block =>
        {
            int start = block * BlockLength;
            Fill(values.AsSpan(start, Math.Min(BlockLength, count - start)), SplitMix64.Mix(layerKey + (ulong)block), standardDeviation);
        });
        return values;
    }

    private static void Fill(Span<float> values, ulong state, double standardDeviation)
    {
        foreach (ref float value in values)
        {
            value = (float)(NormalQuantile.At(SplitMix64.NextInside(ref state)) * standardDeviation);
        }
    }
}
