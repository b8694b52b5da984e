namespace QualityGate.Metrics;

/// <summary>What near means.</summary>
public enum RetrievalDistance
{
    /// <summary>Cosine similarity.</summary>
    Cosine,

    /// <summary>Euclidean distance.</summary>
    Euclidean,
}

/// <summary>How retrieval is evaluated.</summary>
public sealed record RetrievalOptions
{
    /// <summary>The Ks of Recall@K, ascending, each at least 1.</summary>
    public IReadOnlyList<int> Ks { get; init; } = [1, 2, 4, 8];

    /// <summary>What near means.</summary>
    public RetrievalDistance Distance { get; init; } = RetrievalDistance.Cosine;

    /// <summary>
    /// As Proxy-Anchor's code: norms with 1e-12 added under the root, and of one set the nearest image is left out, whichever it is, instead of the query itself.
    /// Of cosine similarity only.
    /// </summary>
    public bool IsProxyAnchor { get; init; }

    /// <summary>Whether a query that has no other image of its class is left out rather than a miss.</summary>
    public bool LeavesOutAlone { get; init; }
}
