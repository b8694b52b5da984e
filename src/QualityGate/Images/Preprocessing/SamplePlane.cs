namespace QualityGate.Images;

/// <summary>One channel of 8-bit pixels.</summary>
internal readonly ref struct SamplePlane
{
    public SamplePlane(ReadOnlySpan<byte> samples, int height, int width, int step, int channel)
    {
        Samples = samples;
        Height = height;
        Width = width;
        Step = step;
        Channel = channel;
    }

    /// <summary>Height x Width x Step interleaved samples.</summary>
    public ReadOnlySpan<byte> Samples { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Samples from one pixel to the next.</summary>
    public int Step { get; }

    /// <summary>Which of them is meant.</summary>
    public int Channel { get; }

    /// <summary>One row, from the first sample of this channel on; pixel x is at <c>x * Step</c>.</summary>
    public ReadOnlySpan<byte> Row(int y) => Samples.Slice((y * Width * Step) + Channel, (Width * Step) - Channel);
}
