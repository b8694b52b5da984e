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
