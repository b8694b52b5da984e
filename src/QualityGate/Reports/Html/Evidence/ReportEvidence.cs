using QualityGate.Baselines;

namespace QualityGate.Reports.Html;

/// <summary>What a page shows beside the numbers of a <see cref="RunResult"/>: pictures, points and scores of single images. It is bounded, and never part of result.json.</summary>
public sealed record ReportEvidence
{
    /// <summary>The images that galleries, map and anomalies speak of, each once.</summary>
    public IReadOnlyList<EvidenceImage> Images { get; init; } = [];

    /// <summary>Images to look at, the most telling gallery first.</summary>
    public IReadOnlyList<EvidenceGallery> Galleries { get; init; } = [];

    /// <summary>Both sets in two dimensions, or null without features.</summary>
    public EvidenceMap? Map { get; init; }

    /// <summary>Scores of single images, counted.</summary>
    public IReadOnlyList<EvidenceHistogram> Histograms { get; init; } = [];

    /// <summary>All acceptances that the baseline remembers, oldest first.</summary>
    public IReadOnlyList<BaselineHistoryEntry> History { get; init; } = [];

    /// <summary>The most anomalous images beside the nearest ones that the generator makes.</summary>
    public IReadOnlyList<EvidenceTriplet> Anomalies { get; init; } = [];

    /// <summary>Why something is missing, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One of the two sets.</summary>
public enum EvidenceRole
{
    /// <summary>What images should look like.</summary>
    Reference,

    /// <summary>What is judged.</summary>
    Candidate,
}

/// <summary>One image.</summary>
/// <param name="Role">Its set.</param>
/// <param name="Id">Its path in the set, or its row number.</param>
/// <param name="Label">Its class, or null.</param>
/// <param name="Scores">What was measured of it, as text.</param>
/// <param name="Picture">A small picture, or null where the image is not at hand.</param>
public sealed record EvidenceImage(EvidenceRole Role, string Id, string? Label, IReadOnlyList<KeyValuePair<string, string>> Scores, Thumbnail? Picture);

/// <summary>Why images are shown together.</summary>
public enum GalleryKind
{
    /// <summary>Candidate images that make a metric worse.</summary>
    Blamed,

    /// <summary>Reference images whose lack or presence makes a metric worse.</summary>
    BlamedReference,

    /// <summary>Candidate images that look like no reference image.</summary>
    OutOfManifold,

    /// <summary>Groups of reference images that no candidate comes near, by the image in their middle.</summary>
    Lacking,

    /// <summary>Reference images that no candidate comes near.</summary>
    Uncovered,

    /// <summary>Candidate images that copy a reference image.</summary>
    Duplicates,

    /// <summary>Candidate images of which there are several equal files.</summary>
    Repeated,

    /// <summary>Believable candidate images in the thinnest regions of the reference.</summary>
    Rarest,
}

/// <summary>A gallery.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Metric">The metric that is made worse, or null.</param>
/// <param name="Total">How many images are of this kind; the gallery holds the first ones.</param>
/// <param name="Items">Its images, the most telling first.</param>
public sealed record EvidenceGallery(GalleryKind Kind, string? Metric, int Total, IReadOnlyList<EvidenceItem> Items);

/// <summary>One image of a gallery.</summary>
/// <param name="Image">Index into <see cref="ReportEvidence.Images"/>.</param>
/// <param name="Partner">Index of the image it is held against, or null.</param>
/// <param name="Score">What the number is that it is there for, such as <c>realism</c>, or the metric; empty for a count.</param>
/// <param name="Value">The number, as text.</param>
public sealed record EvidenceItem(int Image, int? Partner, string Score, string Value);

/// <summary>Features in two dimensions.</summary>
/// <param name="Points">The points, reference first.</param>
/// <param name="ReferenceCount">Images in the reference; the points may be a sample.</param>
/// <param name="CandidateCount">Images in the candidate.</param>
/// <param name="Shares">Shares of the variance on both principal components.</param>
/// <param name="HasNeighbours">Whether the points have places by t-SNE too.</param>
public sealed record EvidenceMap(IReadOnlyList<MapPoint> Points, int ReferenceCount, int CandidateCount, (double First, double Second) Shares, bool HasNeighbours);

/// <summary>An image on the map.</summary>
/// <param name="Role">Its set.</param>
/// <param name="Id">Its path.</param>
/// <param name="Label">Its class, or null.</param>
/// <param name="Component1">Its place along the first principal component.</param>
/// <param name="Component2">Its place along the second.</param>
/// <param name="NeighbourX">x by t-SNE, or 0.</param>
/// <param name="NeighbourY">y by t-SNE, or 0.</param>
/// <param name="Image">Index into <see cref="ReportEvidence.Images"/>, or null.</param>
public sealed record MapPoint(
    EvidenceRole Role, string Id, string? Label, double Component1, double Component2, double NeighbourX, double NeighbourY, int? Image);

/// <summary>Scores of single candidate images, counted.</summary>
/// <param name="Score">Which score, such as <c>realism</c>.</param>
/// <param name="Bins">Borders and counts.</param>
/// <param name="Without">Images that have no such score.</param>
public sealed record EvidenceHistogram(string Score, IReadOnlyList<(double From, double To, int Count)> Bins, int Without);

/// <summary>An image, the nearest image that the generator makes, and where they differ.</summary>
/// <param name="Id">The image's path.</param>
/// <param name="Label">Its class, or null.</param>
/// <param name="Score">Its anomaly score.</param>
/// <param name="Image">The image.</param>
/// <param name="Nearest">What the generator makes of it.</param>
/// <param name="Residual">Where they differ.</param>
public sealed record EvidenceTriplet(string Id, string? Label, double Score, Thumbnail Image, Thumbnail Nearest, Thumbnail Residual);
