namespace QualityGate.Onnx.Networks;

/// <summary>The sizes of a DCGAN.</summary>
/// <param name="Size">Height and width of its images: 28, 32 or 64.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Latent">Numbers that an image is made of.</param>
/// <param name="Width">Channels beside the image; each halving of height and width doubles them.</param>
public sealed record DcganShape(int Size, int Channels, int Latent, int Width)
{
    /// <summary>Height and width of a kernel.</summary>
    internal const int Kernel = 4;

    /// <summary>Halvings of the discriminator, and doublings of the generator.</summary>
    internal int Halvings => Size switch { 28 => 2, 32 => 3, 64 => 4, _ => throw new ArgumentOutOfRangeException(nameof(Size), Size, "The size must be 28, 32 or 64.") };

    /// <summary>Height and width of the smallest planes.</summary>
    internal int SmallestSide => Size >> Halvings;

    /// <summary>Values of the discriminator's last layer before its logit.</summary>
    public int Features => ChannelsAt(Halvings) * SmallestSide * SmallestSide;

    /// <summary>Channels after so many halvings; those of the image after none.</summary>
    internal int ChannelsAt(int halvings) => halvings == 0 ? Channels : Width << (halvings - 1);
}
