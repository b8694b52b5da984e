using QualityGate.Anomaly.Search;
using QualityGate.Errors;
using QualityGate.Onnx;
using QualityGate.Onnx.Networks;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Inpainting;

/// <summary>How a hole is filled with what was generated.</summary>
public enum Blending
{
    /// <summary>With the generated image's gradients and the surroundings' values.</summary>
    Poisson,

    /// <summary>With the generated pixels, fading over three pixels at the edge.</summary>
    Alpha,

    /// <summary>With the generated pixels as they are.</summary>
    None,
}

/// <summary>Choices of an inpainting.</summary>
public sealed record InpaintingOptions
{
    /// <summary>Steps, restarts, seed, prior, box.</summary>
    public LatentSearchOptions Search { get; init; } = new() { Steps = 1500, Restarts = 2, LearningRate = 0.02 };

    /// <summary>Factor of the prior: how much it counts that the discriminator believes the image.</summary>
    public double PriorWeight { get; init; } = 0.003;

    /// <summary>Side of the window over which the hole's share is counted, odd.</summary>
    public int Window { get; init; } = 7;

    /// <summary>How the hole is filled.</summary>
    public Blending Blending { get; init; } = Blending.Poisson;
}

/// <summary>An image with a filled hole.</summary>
/// <param name="Generated">G(z), the nearest generated image <c>[C, H, W]</c>.</param>
/// <param name="Blended">The image, its hole filled.</param>
/// <param name="Contextual">Weighted difference around the hole.</param>
/// <param name="Prior">How little the discriminator believes G(z), 0 up.</param>
public sealed record Inpainted(float[] Generated, float[] Blended, float Contextual, float Prior);

/// <summary>
/// Semantic inpainting (Yeh et al., 2017; 2016 as a preprint), from which AnoGAN grew: the latent vector whose image agrees with what is known, most of all near the hole, and that the
/// discriminator believes. Each known pixel weighs the hole's share of the window around it.
/// </summary>
public sealed class Inpainter : IDisposable
{
    private readonly InpaintingOptions _options;
    private readonly LatentSessions _sessions;
    private readonly LatentBatch _batch;
    private readonly int _height;
    private readonly int _width;
    private readonly int _size;

    /// <summary>Loads a pair of networks.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="discriminator">The discriminator; its last product is its logit.</param>
    /// <param name="height">Height of images.</param>
    /// <param name="width">Width of images.</param>
    /// <param name="options">Choices.</param>
    /// <param name="device">Where to run.</param>
    /// <exception cref="UserErrorException">QG4503: the networks cannot be searched.</exception>
    public Inpainter(OnnxModel generator, OnnxModel discriminator, int height, int width, InpaintingOptions options, ComputeDevice device = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _height, _width) = (options, height, width);
        _sessions = LatentSessions.Open(
            generator,
            discriminator,
            () => new LatentGraphOptions
            {
                ResidualWeight = 1,
                DiscriminationWeight = options.PriorWeight,
                LearningRate = options.Search.LearningRate,
                Beta1 = options.Search.Beta1,
                Box = options.Search.Box,
                IsWeighted = true,
                FeatureLayer = options.Search.FeatureLayer,
                Prior = LatentGraph.DefaultLogits(discriminator),
            },
            device);
        if (_sessions.ImageLength % (height * width) != 0 || _sessions.ImageLength / (height * width) is not (1 or 3) || !LatentSessions.IsImage(_sessions.ImageShape, _sessions.ImageLength / (height * width), height, width))
        {
            _sessions.Dispose();
            throw new UserErrorException(DataErrors.LatentSearchImpossible, $"The generator makes {string.Join(" x ", _sessions.ImageShape)} values, which are no image of {height} x {width} pixels, channels first.");
        }

        _size = Math.Max(2, options.Search.Restarts);
        _batch = new LatentBatch(_sessions, _size);
    }

    /// <summary>Fills the hole of one image. All restarts step together.</summary>
    /// <param name="image">The image <c>[C, H, W]</c> in the generator's range; its values in the hole do not count.</param>
    /// <param name="hole">True where pixels are missing, <c>[H, W]</c>.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public Inpainted Fill(float[] image, bool[] hole, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(hole);
        if (image.Length != _sessions.ImageLength || hole.Length != _height * _width) throw new ArgumentException("The image or its mask has another size than the generator's images.", nameof(image));
        int channels = image.Length / hole.Length, length = _sessions.LatentLength;
        float[] weights = Weights(hole, _height, _width, _options.Window);
        float[] seen = [.. image.Select((value, i) => hole[i % hole.Length] ? 0 : value)];
        for (int copy = 0; copy < _size; copy++)
        {
            seen.CopyTo(_batch.Images, copy * image.Length);
            for (int c = 0; c < channels; c++) weights.CopyTo(_batch.Weights, (copy * image.Length) + (c * hole.Length));
        }

        _batch.Begin();
        for (int copy = 0; copy < _size; copy++) LatentStart.Draw(seen, _options.Search, copy, _batch.Latents.AsSpan(copy * length, length));
        for (int step = 1; step <= _options.Search.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            _batch.Step(step);
        }

        _batch.Score();
        int best = Enumerable.Range(0, _size).MinBy(copy => _batch.Residual[copy] + (_options.PriorWeight * _batch.Discrimination[copy]) is var loss && double.IsNaN(loss) ? double.PositiveInfinity : loss);
        float[] generated = _batch.Generated.AsSpan(best * image.Length, image.Length).ToArray();
        float[] blended = [.. Enumerable.Range(0, channels).SelectMany(c => Blend(
            image.AsSpan(c * hole.Length, hole.Length), generated.AsSpan(c * hole.Length, hole.Length), hole))];
        return new Inpainted(generated, blended, _batch.Residual[best], _batch.Discrimination[best]);
    }

    /// <summary>The weight of each pixel: 0 in the hole, elsewhere the hole's share of the window around it.</summary>
    internal static float[] Weights(bool[] hole, int height, int width, int window)
    {
        float[] weights = new float[hole.Length];
        int reach = window / 2;
        bool isAnyMissing = Array.Exists(hole, missing => missing);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (hole[(y * width) + x]) continue;
                int missing = 0, all = 0;
                for (int v = Math.Max(0, y - reach); v <= Math.Min(height - 1, y + reach); v++)
                {
                    for (int u = Math.Max(0, x - reach); u <= Math.Min(width - 1, x + reach); u++, all++)
                    {
                        if (hole[(v * width) + u]) missing++;
                    }
                }

                weights[(y * width) + x] = isAnyMissing ? (float)missing / all : 1;
            }
        }

        return weights;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _batch.Dispose();
        _sessions.Dispose();
    }

    private float[] Blend(ReadOnlySpan<float> known, ReadOnlySpan<float> generated, bool[] hole)
    {
        if (_options.Blending == Blending.Poisson) return PoissonBlend.Channel(known, generated, hole, _width);
        float[] blended = known.ToArray();
        for (int i = 0; i < blended.Length; i++)
        {
            if (!hole[i]) continue;
            float share = _options.Blending == Blending.None ? 1 : Inside(hole, i);
            blended[i] = (share * generated[i]) + ((1 - share) * Nearest(known, hole, i));
        }

        return blended;
    }

    /// <summary>How far inside the hole a pixel is, from a quarter at its edge to 1 three pixels in.</summary>
    private float Inside(bool[] hole, int pixel)
    {
        int y = pixel / _width, x = pixel % _width;
        for (int reach = 1; reach <= 3; reach++)
        {
            for (int v = Math.Max(0, y - reach); v <= Math.Min(_height - 1, y + reach); v++)
            {
                for (int u = Math.Max(0, x - reach); u <= Math.Min(_width - 1, x + reach); u++)
                {
                    if (!hole[(v * _width) + u]) return reach / 4f;
                }
            }
        }

        return 1;
    }

    private float Nearest(ReadOnlySpan<float> known, bool[] hole, int pixel)
    {
        int y = pixel / _width, x = pixel % _width, nearest = -1;
        long fewest = long.MaxValue;
        for (int other = 0; other < hole.Length; other++)
        {
            long dy = (other / _width) - y, dx = (other % _width) - x, distance = (dy * dy) + (dx * dx);
            if (!hole[other] && distance < fewest) (nearest, fewest) = (other, distance);
        }

        return nearest < 0 ? 0 : known[nearest];
    }
}
