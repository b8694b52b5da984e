using QualityGate.Features;
using QualityGate.Numerics;
using QualityGate.Numerics.Neighbours;
using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>What the candidate lacks: the reference images without a candidate nearby, by the rule of <c>coverage</c>, in groups that look alike.</summary>
/// <param name="Count">Reference images that are not covered.</param>
/// <param name="ReferenceCount">Reference images in all.</param>
/// <param name="Modes">The groups, the largest first.</param>
/// <param name="Classes">How many of each class are not covered, most first, at most 20; empty without labels.</param>
public sealed record UncoveredModes(int Count, int ReferenceCount, IReadOnlyList<UncoveredMode> Modes, IReadOnlyList<UncoveredClass> Classes)
{
    /// <summary>Most groups.</summary>
    public const int MostModes = 8;

    /// <summary>Most classes that are listed.</summary>
    public const int MostClasses = 20;

    /// <summary>Most images of a group that are named besides its representative.</summary>
    public const int MostExamples = 5;

    /// <summary>Groups the uncovered images of a run that computed <c>coverage</c>; null when there are no features, or too few.</summary>
    /// <param name="inputs">The sets, after the family <c>prdc</c> was computed.</param>
    /// <param name="parameters">What was written for the metrics.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static UncoveredModes? Of(MetricInputs inputs, IReadOnlyList<MetricParameter> parameters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        BallRule rule = PrecisionRecallDensityCoverage.Rule(parameters);
        if (inputs.Reference.Features is not { } features || inputs.Candidate.Features is null || features.Count <= rule.K)
        {
            return null;
        }

        int[] held = inputs.Neighbours(cancellation).InReferenceBalls(rule).CandidatesInBall;
        int[] rows = [.. Enumerable.Range(0, held.Length).Where(row => held[row] == 0)];
        RowGroups groups = RowGroups.Of(new SelectedRows(features, rows), MostModes, inputs.Products, cancellation);
        FeatureSet reference = inputs.Reference;
        return new UncoveredModes(
            rows.Length,
            held.Length,
            [.. groups.Groups.Select(group => Mode(Array.ConvertAll(group, i => rows[i]), reference)).OrderByDescending(mode => mode.Count).ThenBy(mode => mode.Index)],
            Counted(rows, reference.Labels));
    }

    // The first row of a group is its middle.
    private static UncoveredMode Mode(int[] rows, FeatureSet reference)
    {
        UncoveredClass? commonest = Counted(rows, reference.Labels).Take(1).FirstOrDefault();
        return new UncoveredMode(rows.Length, (double)rows.Length / reference.Features!.Count, rows[0], reference.Ids?[rows[0]])
        {
            Class = commonest?.Name,
            OfClass = commonest?.Count ?? 0,
            Examples = reference.Ids is { } ids ? [.. rows.Skip(1).Take(MostExamples).Select(row => ids[row])] : [],
        };
    }

    private static UncoveredClass[] Counted(int[] rows, IReadOnlyList<string>? labels) => labels is null ? [] :
    [
        .. rows.GroupBy(row => labels[row], StringComparer.Ordinal)
            .Select(group => new UncoveredClass(group.Key, group.Count(), labels.Count(label => label == group.Key)))
            .OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).Take(MostClasses),
    ];
}

/// <summary>Uncovered reference images that look alike.</summary>
/// <param name="Count">How many.</param>
/// <param name="Share">Of the whole reference, in [0, 1].</param>
/// <param name="Index">The one in their middle: its place in the reference.</param>
/// <param name="Id">Its path, or null when unknown.</param>
public sealed record UncoveredMode(int Count, double Share, int Index, string? Id)
{
    /// <summary>Their commonest class, or null without labels.</summary>
    public string? Class { get; init; }

    /// <summary>How many of them are of it.</summary>
    public int OfClass { get; init; }

    /// <summary>A few more of them, the nearest to the middle first; empty when paths are unknown.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}

/// <summary>A class of the reference and how much of it is not covered.</summary>
/// <param name="Name">The class.</param>
/// <param name="Count">Its images that are not covered.</param>
/// <param name="ReferenceCount">Its images in the reference.</param>
public sealed record UncoveredClass(string Name, int Count, int ReferenceCount);
