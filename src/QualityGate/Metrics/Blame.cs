using QualityGate.Features;

namespace QualityGate.Metrics;

/// <summary>The images that moved a metric the wrong way: up where lower is better, down where higher is.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Reference">Those of the reference.</param>
/// <param name="Candidate">Those of the candidate.</param>
public sealed record Blame(string Metric, MetricDirection Direction, BlamedSide Reference, BlamedSide Candidate)
{
    /// <summary>Most images that are named, of each side of a metric.</summary>
    public const int MostImages = 20;

    /// <summary>The side that moved the value more.</summary>
    public BlamedSide Heavier => Math.Abs(Candidate.Total) >= Math.Abs(Reference.Total) ? Candidate : Reference;

    /// <summary>The blame of every metric whose influences are known, in the order of the values.</summary>
    /// <param name="values">The metrics.</param>
    /// <param name="reference">Names of the reference's images.</param>
    /// <param name="candidate">Names of the candidate's images.</param>
    /// <param name="isNew">Whether an image of the candidate was not there when the baseline was accepted; null when nobody knows.</param>
    /// <param name="most">Most images that are named, of each side of a metric.</param>
    public static IReadOnlyList<Blame> Of(IReadOnlyList<MetricValue> values, FeatureSet reference, FeatureSet candidate, Func<int, bool>? isNew = null, int most = MostImages)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(candidate);
        MetricValue[] known = [.. values.Where(value => value.Influence is not null).Select(Blamable)];
        double[] ofReference = Ranking(known, value => value.Influence!.Reference), ofCandidate = Ranking(known, value => value.Influence!.Candidate);
        return
        [
            .. known.Select(value => new Blame(
                value.Name,
                value.Direction,
                BlamedSide.Of(value.Influence!.Reference, value.Direction, ofReference, reference.Ids, null, most),
                BlamedSide.Of(value.Influence!.Candidate, value.Direction, ofCandidate, candidate.Ids, isNew, most))),
        ];
    }

    // What a reference image does to precision, by the size of its neighbours' balls, is no fault of the image.
    private static MetricValue Blamable(MetricValue value) => MetricRegistry.Find(value.Name)?.Metrics.FirstOrDefault(m => m.Name == value.Name)?.Blames switch
    {
        MetricSides.Reference => value with { Influence = value.Influence! with { Candidate = [] } },
        MetricSides.Candidate => value with { Influence = value.Influence! with { Reference = [] } },
        _ => value,
    };

    // Among images that a metric treats alike (outside is outside), those come first that the others blame too: the sum of their shares.
    private static double[] Ranking(MetricValue[] values, Func<MetricValue, double[]> sideOf)
    {
        double[] sums = new double[values.Select(value => sideOf(value).Length).DefaultIfEmpty(0).Max()];
        foreach (MetricValue value in values.Where(value => sideOf(value).Length == sums.Length))
        {
            double[] wrong = Array.ConvertAll(sideOf(value), influence => BlamedSide.WrongWay(influence, value.Direction));
            double total = wrong.Sum();
            for (int i = 0; i < sums.Length && total > 0; i++)
            {
                sums[i] += wrong[i] / total;
            }
        }

        return sums;
    }
}

/// <summary>Images of one side that moved a metric the wrong way.</summary>
/// <param name="Count">How many did.</param>
/// <param name="Total">How far they moved it together, signed, in the metric's unit.</param>
/// <param name="Images">Those that did most, at most <see cref="Blame.MostImages"/>.</param>
public sealed record BlamedSide(int Count, double Total, IReadOnlyList<BlamedImage> Images)
{
    /// <summary>Nobody.</summary>
    public static BlamedSide None { get; } = new(0, 0, []);

    /// <summary>The rows of the images from the one that is to blame most; those that did nothing wrong are left out.</summary>
    internal static int[] Order(double[] influence, MetricDirection direction, double[]? ranking)
    {
        double Rank(int row) => ranking is not null && ranking.Length == influence.Length ? ranking[row] : 0;
        return
        [
            .. Enumerable.Range(0, influence.Length).Where(row => WrongWay(influence[row], direction) > 0)
                .OrderByDescending(row => WrongWay(influence[row], direction)).ThenByDescending(Rank).ThenBy(row => row),
        ];
    }

    /// <summary>How far an influence points the wrong way; 0 for the right one.</summary>
    internal static double WrongWay(double influence, MetricDirection direction) => Math.Max(0, direction == MetricDirection.Lower ? influence : -influence);

    internal static BlamedSide Of(double[] influence, MetricDirection direction, double[] ranking, IReadOnlyList<string>? ids, Func<int, bool>? isNew, int most)
    {
        if (influence.Length < 2)
        {
            return None;
        }

        int[] order = Order(influence, direction, ranking);
        double total = order.Sum(row => influence[row]), scale = 1.0 / (influence.Length - 1);
        return order.Length == 0 ? None : new BlamedSide(
            order.Length,
            total * scale,
            [
                .. order.Take(most).Select(row => new BlamedImage(row, ids?[row], influence[row] * scale, influence[row] / total)
                {
                    IsNew = isNew?.Invoke(row),
                }),
            ]);
    }
}

/// <summary>An image that moved a metric.</summary>
/// <param name="Index">Its place in its set, from 0.</param>
/// <param name="Id">Its path in its set, or null when unknown.</param>
/// <param name="Contribution">How far the metric stands from where it would stand without the image, to first order, in the metric's unit.</param>
/// <param name="Share">Its part of what all images of its side did the wrong way, in [0, 1].</param>
public sealed record BlamedImage(int Index, string? Id, double Contribution, double Share)
{
    /// <summary>Whether it was not there when the baseline was accepted; null when nobody knows.</summary>
    public bool? IsNew { get; init; }
}
