namespace QualityGate.Features.Extraction;

/// <summary>An image that could not be read, and why.</summary>
/// <param name="Id">Its path in the set.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record UnreadableImage(string Id, string Reason)
{
    /// <summary>Whether it was left out because it has no mask.</summary>
    public bool LacksMask => Reason == UnreadableImages.NoMask;
}
