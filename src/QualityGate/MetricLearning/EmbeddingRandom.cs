using QualityGate.Numerics.Random;
using QualityGate.Onnx;

namespace QualityGate.MetricLearning;

/// <summary>The random streams of a training: functions of the seed and the epoch alone, so that a resumed training draws what an unbroken one draws.</summary>
internal static class EmbeddingRandom
{
    /// <summary>Which images of a class are held back.</summary>
    public static NumpyRandomState Split(long seed, int classNumber) => Of(seed, 1, classNumber);

    /// <summary>The batches of an epoch.</summary>
    public static NumpyRandomState Batches(long seed, int epoch) => Of(seed, 2, epoch);

    private static NumpyRandomState Of(long seed, ulong stream, int number)
    {
        ulong key = Mix(Mix(Mix((ulong)seed) + stream) + (ulong)number);
        return new NumpyRandomState((uint)(key >> 32));
    }

    // Neighbouring seeds and epochs give streams that have nothing in common.
    private static ulong Mix(ulong state) => SplitMix64.Next(ref state);
}
