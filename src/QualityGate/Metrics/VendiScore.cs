using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>
/// Vendi score: the effective number of different images in the candidate set, the exponential of the entropy of the eigenvalues of its
/// similarity matrix <c>K / n</c> with cosine similarities: <c>exp(-sum w log w)</c>; of order q <c>(sum w^q)^(1 / (1 - q))</c>, and <c>1 / max w</c> for q = inf.
/// From 1 (all alike) to n (all orthogonal), higher is better. It never looks at the reference, nor at whether images are any good.
/// Source: Friedman and Dieng, "The Vendi Score", 2023 (<c>vendi</c>).
/// </summary>
/// <remarks>Needs features <c>[N, D]</c> of the candidate without rows of zeros. Of K (n x n) and its dual X^T X / n (D x D), which have the same eigenvalues, the smaller is used.</remarks>
internal sealed class VendiScore : IMetricFamily
{
    private const int LargestMatrix = 16_384;
    internal const double NotPositive = 1e-12;

    public string Name => "vendi";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("vendi", MetricDirection.Higher, "Effective number of different candidate images; ignores the reference.") { Least = 1 },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new()
        {
            Name = "q",
            Default = "1",
            Minimum = 0,
            Maximum = 1000,
            IsReal = true,
            Choices = ["inf"],
            Summary = "Order of the entropy: above 1 common images weigh more, below 1 rare ones.",
        },
    ];

    public MetricNeeds Needs => MetricNeeds.CandidateFeatures;

    public string Convention(ParameterValues parameters) => "vendi";

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        FeatureMatrix rows = inputs.Candidate.Features!;
        int size = Math.Min(rows.Count, rows.Width);
        if (size > LargestMatrix)
        {
            throw new MetricUnavailableException($"the similarity matrix would have {size} rows, more than {LargestMatrix}");
        }

        double[] factors = RowNorms.Inverses(rows, "candidate");
        double[] similarity = rows.Count <= rows.Width
            ? Similarities(rows, factors, inputs.Products)
            : MomentAccumulator.SecondMoments(rows, factors, inputs.Products, cancellation);
        double order = parameters.Word("q") is null ? parameters.Real("q") : double.PositiveInfinity;
        if (!inputs.WithErrors || order == 0)
        {
            return MetricOutcome.Of(Score(SymmetricEigenvalues.Compute(similarity, size, inputs.Products), order));
        }

        EigenSystem system = SymmetricEigenvectors.Compute(similarity, size, inputs.Products);
        MetricInfluence influence = new([], VendiInfluence.Of(system, rows, factors, order, inputs.Products, cancellation));
        return MetricOutcome.Of(new MetricNumber(Score(system.Values, order), null) { Influence = influence, StandardError = influence.StandardError() });
    }

    /// <summary>The score of the eigenvalues of K / n. Those that are zero up to rounding do not count.</summary>
    public static double Score(double[] eigenvalues, double order)
    {
        double[] weights = [.. eigenvalues.Where(w => w > NotPositive)];
        return order switch
        {
            double.PositiveInfinity => 1 / weights.Max(),
            1 => Math.Exp(-weights.Sum(w => w * Math.Log(w))),
            _ => Math.Pow(weights.Sum(w => Math.Pow(w, order)), 1 / (1 - order)),
        };
    }

    private static double[] Similarities(FeatureMatrix rows, double[] factors, IMatrixProducts products)
    {
        double[] unit = new double[(long)rows.Count * rows.Width];
        Parallel.For(0, rows.Count, i =>
        {
            Span<double> target = unit.AsSpan(checked(i * rows.Width), rows.Width);
            ReadOnlySpan<float> row = rows.Row(i);
            for (int d = 0; d < row.Length; d++)
            {
                target[d] = row[d] * factors[i];
            }
        });
        double[] similarity = new double[(long)rows.Count * rows.Count];
        products.MultiplyTransposed(unit, unit, similarity, rows.Count, rows.Count, rows.Width);
        VectorKernels.Scale(similarity, 1.0 / rows.Count);
        return similarity;
    }
}
