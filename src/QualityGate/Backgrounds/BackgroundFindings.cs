using QualityGate.Images.Pictures;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Backgrounds;

/// <summary>An audit of the backgrounds of one set, by one extractor or several.</summary>
/// <param name="Images">The set.</param>
/// <param name="Settings">How it was audited.</param>
/// <param name="Extractors">What each extractor owes to backgrounds, at least one.</param>
public sealed record BackgroundFindings(AuditedImages Images, BackgroundSpec Settings, IReadOnlyList<ExtractorBackgrounds> Extractors)
{
    /// <summary>What a reader should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Opens the pictures of examples, or null when there are none to show.</summary>
    public Func<IExamplePictures>? Pictures { get; init; }
}

/// <summary>The images that all modes have in common, in one order.</summary>
/// <param name="Role"><c>reference</c> or <c>candidate</c>.</param>
/// <param name="Source">What the user named.</param>
/// <param name="Ids">Relative path of each image.</param>
/// <param name="Labels">Class of each image.</param>
public sealed record AuditedImages(string Role, string Source, IReadOnlyList<string> Ids, IReadOnlyList<string> Labels)
{
    /// <summary>How many there are.</summary>
    public int Count => Ids.Count;
}

/// <summary>What one extractor owes to backgrounds.</summary>
/// <param name="Name">Name of the extractor.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="Report">The audit.</param>
public sealed record ExtractorBackgrounds(string Name, string Fingerprint, BackgroundReport Report)
{
    /// <summary>Metrics between reference and candidate in each mode: a row a metric, a column a mode; null unless both sets have masks.</summary>
    public MetricTable? Fidelity { get; init; }

    /// <summary>What a reader should know of this extractor alone.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Pictures of the audited images.</summary>
public interface IExamplePictures : IDisposable
{
    /// <summary>An image as it is and without its background.</summary>
    /// <param name="image">Index into <see cref="AuditedImages.Ids"/>.</param>
    (PlainPicture Plain, PlainPicture Masked) Show(int image);
}
