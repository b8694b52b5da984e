using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>One way to bring a channel to another size. Stateless but for cached weights; safe from many threads.</summary>
internal abstract class Resampler
{
    /// <summary>The resampler of a method.</summary>
    public static Resampler For(ResizeMethod method) => method switch
    {
        ResizeMethod.None or ResizeMethod.Nearest => new PointResampler(),
        ResizeMethod.Bilinear => new TwoTapResampler(new HalfPixelTaps()),
        ResizeMethod.BilinearTf1 => new TwoTapResampler(new CornerTaps()),
        ResizeMethod.BilinearAntialias => new FilterResampler(FilterKind.Triangle),
        ResizeMethod.BicubicAntialias => new FilterResampler(FilterKind.Bicubic),
        ResizeMethod.BilinearPillow => new FixedPointResampler(FilterKind.Triangle),
        ResizeMethod.BicubicPillow => new FixedPointResampler(FilterKind.Bicubic),
        ResizeMethod.Area => new FilterResampler(FilterKind.Area),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown resize method."),
    };

    /// <summary>Resizes, writing only what the window keeps.</summary>
    /// <param name="source">The channel.</param>
    /// <param name="window">Target size and the part kept.</param>
    /// <param name="destination">Receives Height x Width values on 0..255.</param>
    public abstract void Resample(SamplePlane source, ResizeWindow window, Span<float> destination);
}
