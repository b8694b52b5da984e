using QualityGate.Features;
using QualityGate.Numerics;
using QualityGate.Numerics.Linear;
using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>Two sets and what several metrics need of them, computed when first asked for and kept for the run.</summary>
public sealed class MetricInputs
{
    private readonly Dictionary<FeatureSet, double[]> _means = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<FeatureSet, double[]> _covariances = new(ReferenceEqualityComparer.Instance);
    private NeighbourResults? _neighbours;
    private HalfSamples? _halves;

    /// <summary>Gathers the inputs of a run.</summary>
    public MetricInputs(FeatureSet reference, FeatureSet candidate, IMatrixProducts products)
    {
        Reference = reference;
        Candidate = candidate;
        Products = products;
    }

    /// <summary>The real images.</summary>
    public FeatureSet Reference { get; }

    /// <summary>The images under judgement.</summary>
    public FeatureSet Candidate { get; }

    /// <summary>Matrix products.</summary>
    public IMatrixProducts Products { get; }

    /// <summary>Whether standard errors, intervals and influences are wanted; studies that only look at values go without.</summary>
    public bool WithErrors { get; init; } = true;

    /// <summary>Confidence of intervals, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Numbers of the anomaly metrics, by name, which come from a search and not from features; null when there was none.</summary>
    public IReadOnlyDictionary<string, MetricNumber>? Anomaly { get; init; }

    /// <summary>Numbers of the audit of backgrounds, by name, which come from features in several modes; null when there was none.</summary>
    public IReadOnlyDictionary<string, MetricNumber>? Background { get; init; }

    /// <summary>What the run's families ask of the neighbours; filled before the first of them is computed.</summary>
    public NeighbourDemand Demand { get; } = new();

    /// <summary>What the family of retrieval found, once it was computed: the scores of single images come from it.</summary>
    internal RetrievalResult? Retrieval { get; set; }

    /// <summary>Throws unless the sets hold what is needed.</summary>
    /// <exception cref="MetricUnavailableException">Something is missing.</exception>
    public void Require(MetricNeeds needs)
    {
        if (needs.HasFlag(MetricNeeds.ReferenceFeatures) && Reference.Features is null)
        {
            throw Missing("reference", Reference, "features");
        }

        if (needs.HasFlag(MetricNeeds.CandidateFeatures) && Candidate.Features is null)
        {
            throw Missing("candidate", Candidate, "features");
        }

        if (needs.HasFlag(MetricNeeds.CandidateLogits) && Candidate.Logits is null)
        {
            throw Missing("candidate", Candidate, "class logits; name a `logits` output in the extractor's recipe");
        }

        if (needs.HasFlag(MetricNeeds.CandidateLabels) && Candidate.Labels is null)
        {
            throw Missing("candidate", Candidate, "labels; name them with --labels");
        }
    }

    /// <summary>Inputs of other sets. Moments of a set that stays are kept, the rest is computed anew.</summary>
    internal MetricInputs With(FeatureSet reference, FeatureSet candidate, bool withErrors = true)
    {
        MetricInputs other = new(reference, candidate, Products) { WithErrors = WithErrors && withErrors, Confidence = Confidence };
        foreach (FeatureSet set in new[] { Reference, Candidate }.Where(s => ReferenceEquals(s, reference) || ReferenceEquals(s, candidate)))
        {
            if (_means.TryGetValue(set, out double[]? mean))
            {
                other._means[set] = mean;
            }

            if (_covariances.TryGetValue(set, out double[]? covariance))
            {
                other._covariances[set] = covariance;
            }
        }

        return other;
    }

    /// <summary>Features of both sets, of one width.</summary>
    /// <exception cref="MetricUnavailableException">A set has none, or the widths differ.</exception>
    public (FeatureMatrix Reference, FeatureMatrix Candidate) Features()
    {
        FeatureMatrix reference = Reference.Features ?? throw Missing("reference", Reference, "features");
        FeatureMatrix candidate = Candidate.Features ?? throw Missing("candidate", Candidate, "features");
        RequireSameWidth(reference.Width, candidate.Width);
        return (reference, candidate);
    }

    /// <summary>Throws unless both widths are the same.</summary>
    /// <exception cref="MetricUnavailableException">They differ.</exception>
    public static void RequireSameWidth(int reference, int candidate)
    {
        if (reference != candidate)
        {
            throw new MetricUnavailableException(
                $"the reference has {reference} features an image and the candidate {candidate}; both must come from one extractor");
        }
    }

    /// <summary>Answers to all that the run's families asked of the neighbours.</summary>
    /// <exception cref="MetricUnavailableException">A set has no features, or the widths differ.</exception>
    public NeighbourResults Neighbours(CancellationToken cancellation)
    {
        if (_neighbours is null)
        {
            (FeatureMatrix reference, FeatureMatrix candidate) = Features();
            _neighbours = NeighbourSpace.Answer(reference, candidate, Demand, Products, workers: 0, cancellation);
        }

        return _neighbours;
    }

    /// <summary>What standard errors of neighbour metrics come from.</summary>
    internal HalfSamples Halves()
    {
        if (_halves is null)
        {
            (FeatureMatrix reference, FeatureMatrix candidate) = Features();
            _halves = new HalfSamples(SamplePool.Of(reference, candidate, Products));
        }

        return _halves;
    }

    /// <summary>Throws unless every row of the reference has a k-th nearest other row.</summary>
    /// <exception cref="MetricUnavailableException">It has no more than k images.</exception>
    public void RequireReferenceNeighbours(int k) => RequireMoreThan(k, Reference.Features!.Count, "reference");

    /// <summary>Throws unless every row of the candidate has a k-th nearest other row.</summary>
    /// <exception cref="MetricUnavailableException">It has no more than k images.</exception>
    public void RequireCandidateNeighbours(int k) => RequireMoreThan(k, Candidate.Features!.Count, "candidate");

    /// <summary>Mean <c>[D]</c> of a set with features.</summary>
    public double[] MeanOf(FeatureSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (!_means.TryGetValue(set, out double[]? mean))
        {
            _means[set] = mean = MomentAccumulator.Mean(set.Features!);
        }

        return mean;
    }

    /// <summary>Covariance <c>[D, D]</c> (ddof 1) of a set with features.</summary>
    public double[] CovarianceOf(FeatureSet set, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (!_covariances.TryGetValue(set, out double[]? covariance))
        {
            _covariances[set] = covariance = MomentAccumulator.Covariance(set.Features!, MeanOf(set), Products, cancellation);
        }

        return covariance;
    }

    private static void RequireMoreThan(int k, int count, string role)
    {
        if (k >= count)
        {
            throw new MetricUnavailableException($"k = {k} needs more than {k} images in each set; the {role} has {count}");
        }
    }

    private static MetricUnavailableException Missing(string role, FeatureSet set, string what) =>
        new($"the {role} ({set.Source}) holds no {what}");
}
