namespace QualityGate.Metrics;

/// <summary>What the families of a run ask of the pass over all neighbours.</summary>
public sealed class NeighbourDemand
{
}
