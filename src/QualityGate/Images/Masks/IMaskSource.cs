namespace QualityGate.Images;

/// <summary>Where the masks of an image set come from. Any number of threads may ask at once.</summary>
public interface IMaskSource : IDisposable
{
    /// <summary>The mask of an image, or null when it has none.</summary>
    /// <param name="index">Index of the image in its set.</param>
    /// <param name="id">Its relative path.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="hash">Receives 32 bytes that tell this mask from others of the image; left as it is when the image's bytes alone decide.</param>
    /// <exception cref="Errors.UserErrorException">The mask cannot be read.</exception>
    ObjectMask? Find(int index, string id, ReadOnlySpan<byte> bytes, Span<byte> hash);
}
