using QualityGate.Errors;

namespace QualityGate.Features.Extraction;

/// <summary>The error about images that cannot be read: each with its reason, up to what fits on a screen.</summary>
internal static class UnreadableImages
{
    /// <summary>Why an image without a mask is left out.</summary>
    public const string NoMask = "it has no mask";

    private const int MostListed = 20;

    public static UserErrorException Error(string source, IReadOnlyList<UnreadableImage> images, int count)
    {
        string listed = string.Join('\n', images.Take(MostListed).Select(image => "  " + Described(image)));
        string more = images.Count > MostListed ? $"\n  and {images.Count - MostListed} more" : string.Empty;
        return new UserErrorException(
            DataErrors.UnreadableImages, $"{images.Count} of {count} images of {source} cannot be read:\n{listed}{more}");
    }

    public static UserErrorException WithoutMask(string source, IReadOnlyList<string> ids, int count) => new(
        DataErrors.MaskMissing, $"{ids.Count} of {count} images of {source} have no mask: {MaskReport.Listed(ids)}");

    private static string Described(UnreadableImage image) =>
        image.Reason.Contains(image.Id, StringComparison.Ordinal) ? image.Reason : $"{image.Id}: {image.Reason}";
}
