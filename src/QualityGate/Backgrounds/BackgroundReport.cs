using QualityGate.Metrics;

namespace QualityGate.Backgrounds;

/// <summary>Features of one set of images in one mode of its masks.</summary>
/// <param name="Mode">Name of the mode, such as <c>hard</c>.</param>
/// <param name="Features">Features <c>[N, D]</c>, the same images in the same order in every mode.</param>
public sealed record MaskedFeatures(string Mode, Numerics.FeatureMatrix Features);

/// <summary>What backgrounds do to retrieval.</summary>
/// <param name="Modes">Every mode, in the order given.</param>
/// <param name="Gap"><c>background_gap</c>: recall_at_1 as the images are minus recall_at_1 with the background gone, in [-1, 1]. Negative: backgrounds disturb.
/// Positive: classes are told apart by them.</param>
/// <param name="GapError">Standard error of the gap, of paired queries.</param>
/// <param name="Classes">Each class, in ordinal order.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record BackgroundReport(
    IReadOnlyList<ModeRecall> Modes, double Gap, double GapError, IReadOnlyList<ClassBackground> Classes, IReadOnlyList<string> Notes)
{
    /// <summary>The mode that images are in as they are.</summary>
    public string Plain { get; init; } = "none";

    /// <summary>The mode without backgrounds that <see cref="Gap"/> and <see cref="Classes"/> are about.</summary>
    public string Masked { get; init; } = "hard";

    /// <summary>The same comparison with other modes.</summary>
    public IReadOnlyList<BackgroundComparison> Others { get; init; } = [];

    /// <summary>Every comparison, the main one first.</summary>
    public IReadOnlyList<BackgroundComparison> Comparisons => [new(Masked, Gap, GapError, Classes), .. Others];

    /// <summary><c>background_flips</c>: share of queries that fail in one of the two modes alone.</summary>
    public double Flips => (double)Classes.Sum(c => c.FailsOnlyPlain + c.FailsOnlyMasked) / Math.Max(1, Classes.Sum(c => c.Queries));

    /// <summary>Standard error of <see cref="Flips"/>.</summary>
    public double FlipsError => Math.Sqrt(Flips * (1 - Flips) / Math.Max(1, Classes.Sum(c => c.Queries)));

    /// <summary>Classes whose two counts differ by more than chance explains.</summary>
    public IReadOnlyList<ClassBackground> Flagged => [.. Classes.Where(c => c.IsFlagged)];

    /// <summary>Modes by Recall@K, as a table of a result.</summary>
    public MetricTable Table() => new(
        "background.modes",
        [.. Modes[0].Recall.Select(r => $"recall_at_{r.Key}"), "map_at_r"],
        [.. Modes.Select(mode => (IReadOnlyList<double?>)[.. mode.Recall.Select(r => (double?)r.Value), mode.MapAtR])])
    {
        RowNames = [.. Modes.Select(mode => mode.Mode)],
        IsShown = true,
        Caption = "Retrieval by what is done to the background.",
    };

    /// <summary>The classes, as a table of a result: 1 and -1 mark those that backgrounds disturb and help.</summary>
    public MetricTable ClassTable() => new(
        "background.classes",
        ["queries", "fails_only_as_is", "fails_only_masked", "p", "adjusted_p", "flag"],
        [.. Classes.Select(c => (IReadOnlyList<double?>)[c.Queries, c.FailsOnlyPlain, c.FailsOnlyMasked, c.P, c.AdjustedP, c.Effect switch { BackgroundEffect.Disturbs => 1, BackgroundEffect.Helps => -1, _ => 0 }])])
    {
        RowNames = [.. Classes.Select(c => c.Class)],
        IsShown = true,
        Caption = "Queries that fail only with the background, and only without it; flag 1: backgrounds disturb the class, -1: they tell it apart.",
    };
}

/// <summary>Images as they are, compared with one mode query by query.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Gap">recall_at_1 as they are minus recall_at_1 in the mode.</param>
/// <param name="GapError">Its standard error.</param>
/// <param name="Classes">Each class, in ordinal order; corrected for all classes, not for several modes.</param>
public sealed record BackgroundComparison(string Mode, double Gap, double GapError, IReadOnlyList<ClassBackground> Classes);

/// <summary>Retrieval in one mode.</summary>
/// <param name="Mode">Name of the mode.</param>
/// <param name="Recall">Recall@K for each K.</param>
/// <param name="MapAtR">MAP@R.</param>
public sealed record ModeRecall(string Mode, IReadOnlyList<KeyValuePair<int, double>> Recall, double MapAtR);

/// <summary>Which way a class depends on its backgrounds.</summary>
public enum BackgroundEffect
{
    /// <summary>No more than chance explains.</summary>
    None,

    /// <summary>Backgrounds disturb: queries fail only while they are there.</summary>
    Disturbs,

    /// <summary>Backgrounds help: queries fail only once they are gone.</summary>
    Helps,
}

/// <summary>What backgrounds do to the queries of one class.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Queries">Its queries that count.</param>
/// <param name="FailsOnlyPlain">Those that fail at K = 1 as they are and succeed with the background gone.</param>
/// <param name="FailsOnlyMasked">Those the other way round.</param>
/// <param name="P">McNemar's exact test, two-sided.</param>
/// <param name="AdjustedP">The same after the correction for all classes.</param>
/// <param name="Effect">What is flagged.</param>
/// <param name="Examples">Queries that fail only as they are.</param>
public sealed record ClassBackground(
    string Class,
    int Queries,
    int FailsOnlyPlain,
    int FailsOnlyMasked,
    double P,
    double AdjustedP,
    BackgroundEffect Effect,
    IReadOnlyList<BackgroundExample> Examples)
{
    /// <summary>The other way round: queries that fail only with the background gone; the wrong neighbour is the nearest then, the right one that of the images as they are.</summary>
    public IReadOnlyList<BackgroundExample> Helped { get; init; } = [];

    /// <summary>Whether the test rejects chance.</summary>
    public bool IsFlagged => Effect != BackgroundEffect.None;
}

/// <summary>A query that only its background leads astray.</summary>
/// <param name="Query">Index of the query.</param>
/// <param name="WrongNeighbour">Index of the nearest image as they are, of another class.</param>
/// <param name="RightNeighbour">Index of the nearest image with the background gone, of the query's class.</param>
public sealed record BackgroundExample(int Query, int WrongNeighbour, int RightNeighbour);
