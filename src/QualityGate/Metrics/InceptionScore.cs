using QualityGate.Numerics;
using QualityGate.Numerics.Random;

namespace QualityGate.Metrics;

/// <summary>
/// Inception score: <c>exp(mean KL(p(y|x) || p(y)))</c> over the candidate's class probabilities, the softmax of its logits in float64; mean
/// and standard deviation (ddof 0) over splits. From 1 to the number of classes, higher is better. It never looks at the reference.
/// Source: Salimans et al., "Improved Techniques for Training GANs", 2016. Conventions: <c>torch-fidelity</c> shuffles with numpy's
/// RandomState(seed) and cuts at i N / S; <c>original</c> does not shuffle; <c>adm</c> (guided-diffusion) cuts runs of 5,000 images and does not shuffle;
/// <c>dgm-eval</c> cuts runs of N / S, drops what is left over and does not shuffle.
/// </summary>
/// <remarks>Needs logits <c>[N, C]</c> of the candidate, N at least the number of splits.</remarks>
internal sealed class InceptionScore : IMetricFamily
{
    private const int AdmChunk = 5000;

    public string Name => "inception_score";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("inception_score", MetricDirection.Higher, "How surely and how variedly a classifier labels the candidate images; ignores the reference."),
        new("inception_score_std", MetricDirection.Lower, "Spread of the inception score over its splits."),
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "splits", Default = "10", Minimum = 1, Maximum = 10_000, Summary = "Parts that the score is averaged over (not for adm)." },
        new() { Name = "seed", Default = "2020", Minimum = 0, Summary = "Seed of the shuffle (torch-fidelity only)." },
        new()
        {
            Name = "convention",
            Default = "torch-fidelity",
            Choices = ["torch-fidelity", "original", "adm", "dgm-eval"],
            Summary = "torch-fidelity: shuffled; original: in order; adm: in order, 5,000 a part; dgm-eval: in order, N / S a part, the rest dropped.",
        },
    ];

    public MetricNeeds Needs => MetricNeeds.CandidateLogits;

    public string Convention(ParameterValues parameters) => parameters.Word("convention")!;

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        FeatureMatrix logits = inputs.Candidate.Logits!;
        string convention = Convention(parameters);
        int count = logits.Count;
        int splits = convention == "adm" ? (count + AdmChunk - 1) / AdmChunk : parameters.Number("splits");
        if (count < splits)
        {
            throw new MetricUnavailableException($"{splits} splits need at least {splits} images; the candidate has {count}");
        }

        int[] order = convention == "torch-fidelity"
            ? new NumpyRandomState((uint)parameters.Number("seed")).Permutation(count)
            : [.. Enumerable.Range(0, count)];
        double[] scores = new double[splits];
        for (int s = 0; s < splits; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            (int start, int end) = convention switch
            {
                "adm" => (s * AdmChunk, Math.Min((s + 1) * AdmChunk, count)),
                "dgm-eval" => (s * (count / splits), (s + 1) * (count / splits)),
                _ => ((int)((long)s * count / splits), (int)((long)(s + 1) * count / splits)),
            };
            scores[s] = Score(logits, order.AsSpan(start..end));
        }

        double mean = scores.Average();
        return MetricOutcome.Of(mean, Math.Sqrt(scores.Average(score => (score - mean) * (score - mean))));
    }

    private static double Score(FeatureMatrix logits, ReadOnlySpan<int> rows)
    {
        double[] marginal = new double[logits.Width];
        double[] logProbabilities = new double[logits.Width];
        double negativeEntropy = 0;
        foreach (int row in rows)
        {
            LogSoftmax(logits.Row(row), logProbabilities);
            for (int c = 0; c < marginal.Length; c++)
            {
                double probability = Math.Exp(logProbabilities[c]);
                marginal[c] += probability;
                negativeEntropy += probability * logProbabilities[c];
            }
        }

        // mean KL = mean sum p log p - sum m log m, with m the mean of p.
        double divergence = negativeEntropy / rows.Length;
        foreach (double sum in marginal)
        {
            double m = sum / rows.Length;
            divergence -= m > 0 ? m * Math.Log(m) : 0;
        }

        return Math.Exp(divergence);
    }

    private static void LogSoftmax(ReadOnlySpan<float> logits, double[] destination)
    {
        double largest = double.NegativeInfinity;
        foreach (float value in logits)
        {
            largest = Math.Max(largest, value);
        }

        double sum = 0;
        foreach (float value in logits)
        {
            sum += Math.Exp(value - largest);
        }

        double shift = largest + Math.Log(sum);
        for (int c = 0; c < destination.Length; c++)
        {
            destination[c] = logits[c] - shift;
        }
    }
}
