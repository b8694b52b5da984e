using QualityGate.Numerics.Random;
using QualityGate.Onnx;

namespace QualityGate.Anomaly.Training;

/// <summary>
/// The random streams of a training. Each epoch has streams of its own that are functions of the seed and its number alone, so that a training
/// that goes on from a checkpoint draws what an unbroken one draws.
/// </summary>
internal sealed class GanRandom
{
    private readonly NumpyRandomState _state;

    private GanRandom(long seed, ulong stream, int epoch)
    {
        ulong key = Mix(Mix(Mix((ulong)seed) + stream) + (ulong)epoch);
        _state = new NumpyRandomState((uint)(key >> 32));
    }

    /// <summary>Order of the images in an epoch.</summary>
    public static int[] Order(long seed, int epoch, int count) => new GanRandom(seed, 1, epoch)._state.Permutation(count);

    /// <summary>Latent vectors of an epoch's steps.</summary>
    public static GanRandom Steps(long seed, int epoch) => new(seed, 2, epoch);

    /// <summary>Latent vectors of the pictures after each epoch, always the same.</summary>
    public static GanRandom Samples(long seed) => new(seed, 3, 0);

    /// <summary>Latent vectors that FID is measured by, always the same.</summary>
    public static GanRandom Measured(long seed) => new(seed, 4, 0);

    /// <summary>Fills a buffer.</summary>
    public void Fill(Span<float> values, LatentDistribution distribution)
    {
        const double HalfStep = 1.0 / (1L << 54), MostBelowOne = 1 - (1.0 / (1L << 53));
        foreach (ref float value in values)
        {
            double uniform = Math.Min(_state.NextDouble() + HalfStep, MostBelowOne);
            value = (float)(distribution == LatentDistribution.Normal ? NormalQuantile.At(uniform) : (2 * uniform) - 1);
        }
    }

    // Neighbouring seeds and epochs give streams that have nothing in common.
    private static ulong Mix(ulong state) => SplitMix64.Next(ref state);
}
