using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>Balls of both sets under one rule: what precision, recall and their kin are made of.</summary>
/// <param name="Rule">Parameter <c>k</c>, and whether the convention counts the sphere.</param>
internal readonly record struct BothBalls(BallRule Rule)
{
    /// <summary>The rule that the parameters name.</summary>
    public static BothBalls Of(ParameterValues parameters, string inclusiveConvention) =>
        new(new BallRule(parameters.Number("k"), parameters.Word("convention") == inclusiveConvention));

    /// <summary>Asks for the balls of both sets.</summary>
    public void Ask(NeighbourDemand demand)
    {
        demand.AskReferenceBalls(Rule);
        demand.AskCandidateBalls(Rule);
        if (demand.WantsInfluence)
        {
            demand.AskReferenceBalls(Wider);
            demand.AskCandidateBalls(Wider);
            demand.AskReferenceGrowth(Rule.K);
            demand.AskCandidateGrowth(Rule.K);
        }
    }

    /// <summary>The same rule one neighbour further: what a ball grows to when a row within it is left out.</summary>
    public BallRule Wider => Rule with { K = Rule.K + 1 };

    /// <summary>The share of candidates that lie in some reference ball.</summary>
    public MetricNumber Precision(MetricInputs inputs, NeighbourResults neighbours)
    {
        BallMembership members = neighbours.InReferenceBalls(Rule);
        double[] held = Array.ConvertAll(members.BallsAroundCandidate, n => n > 0 ? 1.0 : 0);
        double value = Shares.Of(held, h => h > 0);
        if (!inputs.WithErrors)
        {
            return value;
        }

        double[] own = ImageInfluence.OfMean(held);
        double[] others = neighbours.CanAnswer(Wider, isOfReference: true)
            ? ImageInfluence.OfHeldShare(held.Length, members.BallsOfCandidate!, neighbours.InReferenceBalls(Wider).BallsOfCandidate!, neighbours.ReferenceGrowth(Rule.K))
            : [];
        return Measured.Mean(value, new MetricInfluence(others, own), own, inputs.Halves().OneSided(ofReferences: true, Rule.K + 1, HalfScores.Held(Rule)), held.Length);
    }

    /// <summary>The share of references that lie in some candidate ball.</summary>
    public MetricNumber Recall(MetricInputs inputs, NeighbourResults neighbours)
    {
        double[] held = Array.ConvertAll(neighbours.HeldByCandidates(Rule), h => h ? 1.0 : 0);
        double value = Shares.Of(held, h => h > 0);
        if (!inputs.WithErrors)
        {
            return value;
        }

        double[] own = ImageInfluence.OfMean(held);
        double[] others = neighbours.CanAnswer(Wider, isOfReference: false)
            ? ImageInfluence.OfHeldShare(held.Length, neighbours.HoldersOfReference(Rule), neighbours.HoldersOfReference(Wider), neighbours.CandidateGrowth(Rule.K))
            : [];
        return Measured.Mean(value, new MetricInfluence(own, others), own, inputs.Halves().OneSided(ofReferences: false, Rule.K + 1, HalfScores.Held(Rule)), held.Length);
    }

    /// <summary>The answers, when both sets have enough images.</summary>
    /// <exception cref="MetricUnavailableException">A set has no more than k images.</exception>
    public NeighbourResults Answer(MetricInputs inputs, CancellationToken cancellation)
    {
        inputs.RequireReferenceNeighbours(Rule.K);
        inputs.RequireCandidateNeighbours(Rule.K);
        return inputs.Neighbours(cancellation);
    }
}
