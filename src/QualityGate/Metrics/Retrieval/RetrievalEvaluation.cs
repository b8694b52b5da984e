using QualityGate.Numerics;

namespace QualityGate.Metrics;

/// <summary>
/// Retrieval of labelled images: for each query the nearest images in order, exactly, by tiles; memory grows with the number of rows and with the largest
/// class, never with all pairs. Deterministic: of equally near images the one with the lower index comes first, however many threads there are.
/// </summary>
public static class RetrievalEvaluation
{
    /// <summary>Each image of one set is a query to all others.</summary>
    /// <param name="rows">Features <c>[N, D]</c>.</param>
    /// <param name="labels">Class of each row.</param>
    /// <param name="options">How.</param>
    /// <param name="products">Matrix products.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="MetricUnavailableException">The set does not allow it.</exception>
    public static RetrievalResult Within(
        FeatureMatrix rows, IReadOnlyList<string> labels, RetrievalOptions options, IMatrixProducts products, CancellationToken cancellation)
    {
        Check(rows, labels, options);
        if (rows.Count < 2)
        {
            throw new MetricUnavailableException($"retrieval needs at least 2 images; the candidate has {rows.Count}");
        }

        RetrievalClasses classes = RetrievalClasses.Of(labels, null);
        RankedQueries ranked = new(classes, options.Ks[^1], options.IsProxyAnchor);
        double[]? factors = Factors(rows, options, "candidate");
        new NearestRanking(rows, factors, products).ForEach(ranked.Wanted, keepSelf: options.IsProxyAnchor, ranked.Take, cancellation);
        return Counted(new RetrievalResult(options, classes, ranked));
    }

    /// <summary>Each query searches a gallery of other images.</summary>
    /// <param name="queries">Features of the queries <c>[N, D]</c>.</param>
    /// <param name="queryLabels">Class of each query.</param>
    /// <param name="gallery">Features of the gallery <c>[M, D]</c>.</param>
    /// <param name="galleryLabels">Class of each image of the gallery.</param>
    /// <param name="options">How; <see cref="RetrievalOptions.IsProxyAnchor"/> leaves nothing out here.</param>
    /// <param name="products">Matrix products.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="MetricUnavailableException">The sets do not allow it.</exception>
    public static RetrievalResult Against(
        FeatureMatrix queries,
        IReadOnlyList<string> queryLabels,
        FeatureMatrix gallery,
        IReadOnlyList<string> galleryLabels,
        RetrievalOptions options,
        IMatrixProducts products,
        CancellationToken cancellation)
    {
        Check(queries, queryLabels, options);
        Check(gallery, galleryLabels, options);
        MetricInputs.RequireSameWidth(gallery.Width, queries.Width);
        if (queries.Count == 0 || gallery.Count == 0)
        {
            throw new MetricUnavailableException("retrieval needs at least one query and one image to find");
        }

        RetrievalClasses classes = RetrievalClasses.Of(queryLabels, galleryLabels);
        RankedQueries ranked = new(classes, options.Ks[^1], dropsNearest: false);
        NearestRanking ranking = new(queries, Factors(queries, options, "candidate"), gallery, Factors(gallery, options, "reference"), products);
        ranking.ForEach(ranked.Wanted, keepSelf: true, ranked.Take, cancellation);
        return Counted(new RetrievalResult(options, classes, ranked));
    }

    private static void Check(FeatureMatrix rows, IReadOnlyList<string> labels, RetrievalOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        if (labels.Count != rows.Count)
        {
            throw new ArgumentException($"{labels.Count} labels are not one for each of {rows.Count} rows.", nameof(labels));
        }

        if (options.Ks.Count == 0 || options.Ks[0] < 1 || options.Ks.Zip(options.Ks.Skip(1)).Any(pair => pair.Second <= pair.First))
        {
            throw new ArgumentException("The Ks must be at least 1 and ascending.", nameof(options));
        }

        if (options is { IsProxyAnchor: true, Distance: not RetrievalDistance.Cosine })
        {
            throw new MetricUnavailableException("the convention proxy-anchor is of cosine similarity; set recall_at_k.distance to cosine");
        }
    }

    private static RetrievalResult Counted(RetrievalResult result) => result.Queries > 0 ? result : throw new MetricUnavailableException("every image is alone in its class");

    private static double[]? Factors(FeatureMatrix rows, RetrievalOptions options, string role) => options switch
    {
        { Distance: RetrievalDistance.Euclidean } => null,
        { IsProxyAnchor: false } => RowNorms.Inverses(rows, role),
        _ => Softened(rows),
    };

    private static double[] Softened(FeatureMatrix rows)
    {
        double[] factors = new double[rows.Count];
        for (int i = 0; i < factors.Length; i++)
        {
            double sum = 1e-12;
            foreach (float value in rows.Row(i))
            {
                sum += (double)value * value;
            }

            factors[i] = 1 / Math.Sqrt(sum);
        }

        return factors;
    }
}
