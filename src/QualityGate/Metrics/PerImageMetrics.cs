using System.Globalization;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Numerics.Neighbours;
using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>
/// Scores of single images: realism, rarity and copies of each candidate, and which candidate covers each reference image. They follow the
/// parameters of <c>realism</c>, <c>rarity</c>, <c>authenticity</c> and, for coverage, <c>prdc</c>.
/// </summary>
public static class PerImageMetrics
{
    /// <summary>Says what will be asked of the neighbours; before any metric of the run is computed.</summary>
    /// <param name="inputs">The sets.</param>
    /// <param name="parameters">Parameters of the metrics.</param>
    public static void Ask(MetricInputs inputs, IReadOnlyList<MetricParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Settings settings = Settings.Of(parameters);
        inputs.Demand.AskRealism(settings.Realism);
        inputs.Demand.AskSmallestBalls(settings.Rarity);
        inputs.Demand.AskReferenceBalls(settings.Coverage);
        inputs.Demand.AskReferenceRadii(1);
        inputs.Demand.AskNearestReference();
        inputs.Demand.AskNearestCandidate();
    }

    /// <summary>Scores every image of both sets, after <see cref="Ask"/>.</summary>
    /// <param name="inputs">The sets.</param>
    /// <param name="parameters">Parameters of the metrics.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="UserErrorException">QG4304: the sets hold no features, or too few images.</exception>
    public static PerImageScores Compute(MetricInputs inputs, IReadOnlyList<MetricParameter> parameters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Settings settings = Settings.Of(parameters);
        try
        {
            inputs.Require(MetricNeeds.Features);
            inputs.RequireReferenceNeighbours(Math.Max(Math.Max(settings.Realism.K, settings.Rarity.K), settings.Coverage.K));
            NeighbourResults neighbours = inputs.Neighbours(cancellation);
            return new PerImageScores(ReferenceSide(inputs, neighbours, settings), CandidateSide(inputs, neighbours, settings));
        }
        catch (MetricUnavailableException unavailable)
        {
            throw new UserErrorException(DataErrors.MetricUnavailable, $"there are no scores of single images: {unavailable.Message}", innerException: unavailable);
        }
    }

    private static PerImageSide CandidateSide(MetricInputs inputs, NeighbourResults neighbours, Settings settings)
    {
        NearestRows nearest = neighbours.NearestReference;
        double[] rarity = Rarity.Scores(neighbours, settings.Rarity.K), own = neighbours.SquaredReferenceRadii(1);
        int[] all = [.. Enumerable.Range(0, rarity.Length)];
        PerImageColumn[] retrieval = inputs.Retrieval is { } found ? RetrievalColumns(found) : [];
        return Side(
            inputs.Candidate,
            [
                PerImageColumn.Of("realism", neighbours.Realism),
                PerImageColumn.Of("rarity", rarity),
                PerImageColumn.Of("in_manifold", Array.ConvertAll(rarity, double.IsFinite)),
                PerImageColumn.Of("nearest_reference", Array.ConvertAll(nearest.Row, row => NameOf(inputs.Reference, row))),
                PerImageColumn.Of("nearest_distance", Array.ConvertAll(nearest.SquaredDistance, Math.Sqrt)),
                PerImageColumn.Of("authentic", Array.ConvertAll(all, j => own[nearest.Row[j]] < nearest.SquaredDistance[j])),
                PerImageColumn.Of(
                "duplicate_of",
                    Array.ConvertAll(all, j => Authenticity.IsCopy(neighbours, j, settings.Near) ? NameOf(inputs.Reference, nearest.Row[j]) : null)),
                .. retrieval,
            ]);
    }

    private static PerImageColumn[] RetrievalColumns(RetrievalResult found) =>
    [
        PerImageColumn.Of("first_hit_rank", [.. found.FirstHit.Select(rank => rank == 0 ? (int?)null : rank)]),
        PerImageColumn.Of("average_precision_at_r", found.AveragePrecision),
    ];

    private static PerImageSide ReferenceSide(MetricInputs inputs, NeighbourResults neighbours, Settings settings)
    {
        NearestRows nearest = neighbours.NearestCandidate;
        int[] held = neighbours.InReferenceBalls(settings.Coverage).CandidatesInBall, all = [.. Enumerable.Range(0, held.Length)];

        // The nearest candidate is in the ball if any is.
        return Side(
            inputs.Reference,
            PerImageColumn.Of("covered_by", Array.ConvertAll(all, i => held[i] > 0 ? NameOf(inputs.Candidate, nearest.Row[i]) : null)),
            PerImageColumn.Of("candidates_in_ball", held),
            PerImageColumn.Of("nearest_candidate", Array.ConvertAll(nearest.Row, row => NameOf(inputs.Candidate, row))),
            PerImageColumn.Of("nearest_distance", Array.ConvertAll(nearest.SquaredDistance, Math.Sqrt)));
    }

    private static PerImageSide Side(FeatureSet set, params PerImageColumn[] columns) =>
        new(set.Features!.Count, set.Ids, set.Labels is { } labels ? [PerImageColumn.Of("label", labels), .. columns] : columns);

    private static string NameOf(FeatureSet set, int row) => set.Ids?[row] ?? row.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Settings(RealismRule Realism, BallRule Rarity, BallRule Coverage, double Near)
    {
        public static Settings Of(IReadOnlyList<MetricParameter> written)
        {
            return new Settings(
                Metrics.Realism.Rule(Bind("realism", written)),
                Metrics.Rarity.Balls(Metrics.Rarity.MainK(Bind("rarity", written))),
                PrecisionRecallDensityCoverage.Rule(written),
                Bind("authenticity", written).Real("near"));
        }

        private static ParameterValues Bind(string family, IReadOnlyList<MetricParameter> written) =>
            ParameterValues.Bind(MetricRegistry.Find(family)!, written);
    }
}
