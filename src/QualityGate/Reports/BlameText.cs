using System.Globalization;
using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>Who is to blame, in words. Not escaped.</summary>
internal static class BlameText
{
    private const double Few = 0.5;

    /// <summary>The blame for every metric whose gate did not pass, then for those that a gate passed though they got worse; for all of them when there are no gates.</summary>
    public static IReadOnlyList<Blame> OfGates(RunResult result)
    {
        if (result.Gates.Count == 0)
            return result.Blame;
        HashSet<string> breached = [.. Breached(result)], gated = [.. result.Gates.Select(gate => gate.Limit.Metric)];
        return
        [
            .. result.Blame.Where(blame => breached.Contains(blame.Metric)),
            .. result.Blame.Where(blame => !breached.Contains(blame.Metric) && gated.Contains(blame.Metric) && IsWorse(result, blame)),
        ];
    }

    /// <summary>The blame for every metric whose gate did not pass.</summary>
    public static IReadOnlyList<Blame> OfBreaches(RunResult result)
    {
        HashSet<string> breached = [.. Breached(result)];
        return [.. result.Blame.Where(blame => breached.Contains(blame.Metric))];
    }

    /// <summary>Whether what the candidate lacks explains a gate that did not pass.</summary>
    public static bool IsLacking(RunResult result) =>
        result.Uncovered is { Count: > 0 } && Breached(result).Any(metric => metric.EndsWith("coverage", StringComparison.Ordinal) || metric.EndsWith("recall", StringComparison.Ordinal));

    /// <summary>How many images of a side moved the value, and how far.</summary>
    public static string Lead(Blame blame, BlamedSide side) => string.Create(
        CultureInfo.InvariantCulture,
        $"{side.Count} {(side == blame.Candidate ? "candidate" : "reference")} {(side.Count == 1 ? "image" : "images")} moved it by {NumberText.Signed(side.Total)}{(side.Count > side.Images.Count ? $", the first {side.Images.Count} by {NumberText.Percent(Math.Round(side.Images.Sum(i => i.Share), 2))} of that" : "")}");

    /// <summary>What the pattern means.</summary>
    public static string Hint(Blame blame) => $"{Meaning(blame.Metric)} {Spread(blame.Heavier)}";

    /// <summary>The image as a path that a shell finds, where the set is a folder.</summary>
    public static string PathOf(SetInfo set, int index, string? id) => id is null
        ? string.Create(CultureInfo.InvariantCulture, $"{set.Source} image {index}")
        : $"{set.Source.TrimEnd('/', '\\')}/{id}";

    /// <summary>A group of uncovered images in a few words.</summary>
    public static string Mode(UncoveredMode mode) => mode.Class is { } name
        ? string.Create(CultureInfo.InvariantCulture, $"{mode.Count} images, {mode.OfClass} of them {name}")
        : string.Create(CultureInfo.InvariantCulture, $"{mode.Count} {(mode.Count == 1 ? "image" : "images")}");

    /// <summary>What the candidate lacks, in one sentence.</summary>
    public static string Lacks(UncoveredModes uncovered)
    {
        string all = string.Create(
            CultureInfo.InvariantCulture,
            $"{uncovered.Count} of {uncovered.ReferenceCount} reference images have no candidate image nearby");
        string classes = string.Join(", ", uncovered.Classes.Take(3).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} of {c.ReferenceCount} {c.Name}")));
        return classes.Length == 0 ? all : $"{all}; most of all: {classes}";
    }

    private static IEnumerable<string> Breached(RunResult result) =>
        result.Gates.Where(gate => gate.Verdict != Verdict.Pass && !gate.IsUnjudged).Select(gate => gate.Limit.Metric);

    private static bool IsWorse(RunResult result, Blame blame) =>
        result.Metrics.FirstOrDefault(m => m.Value.Name == blame.Metric)?.Change is { } change && (blame.Direction == MetricDirection.Lower ? change > 0 : change < 0);

    private static string Spread(BlamedSide side) => side.Count == 0 ? string.Empty
        : side.Count <= Blame.MostImages || side.Images.Sum(image => image.Share) >= Few
            ? "A few images do most of it: look at them first."
            : "Many images do a little each: the set as a whole is off, and leaving out single images will not mend it.";

    private static string Meaning(string metric) => metric switch
    {
        "precision" or "improved_precision" or "density" or "clipped_density" =>
            "The candidate images named look like no reference image.",
        "recall" or "improved_recall" => "The reference images named are like none that the candidate could have made: something is missing, or too little varied.",
        "coverage" or "clipped_coverage" => "The reference images named have no candidate image nearby: something is missing.",
        "authenticity" or "duplicates" => "The candidate images named lie too near to a reference image: they may be remembered, not made.",
        "rarity_out_of_manifold" => "The candidate images named lie outside all that the reference shows: artifacts, or something new.",
        "inception_score" => "The candidate images named are of no clear class, or of one that there is too much of.",
        _ when metric.StartsWith("realism", StringComparison.Ordinal) => "The candidate images named lie far from every reference image.",
        _ when metric.StartsWith("recall_at", StringComparison.Ordinal) || metric == "map_at_r" => "The nearest images of those named are of other classes.",
        _ when metric.StartsWith("rarity", StringComparison.Ordinal) => "The candidate images named are common ones.",
        _ => "The images named pull the two sets' features apart: candidate images unlike the reference, reference images unlike the candidate.",
    };
}
