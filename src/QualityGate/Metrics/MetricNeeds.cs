namespace QualityGate.Metrics;

/// <summary>What a metric cannot be computed without.</summary>
[Flags]
public enum MetricNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Features of the reference.</summary>
    ReferenceFeatures = 1,

    /// <summary>Features of the candidate.</summary>
    CandidateFeatures = 2,

    /// <summary>Features of both sets.</summary>
    Features = ReferenceFeatures | CandidateFeatures,

    /// <summary>Class logits of the candidate.</summary>
    CandidateLogits = 4,

    /// <summary>A class label for each candidate image.</summary>
    CandidateLabels = 8,
}
