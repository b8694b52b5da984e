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
        new("inception_score", MetricDirection.Higher, "How surely and how variedly a classifier labels the candidate images; ignores the reference.") { Least = 1 },
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
        double[] scores = new double[splits], changes = new double[count];
        for (int s = 0; s < splits; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            (int start, int end) = convention switch
            {
                "adm" => (s * AdmChunk, Math.Min((s + 1) * AdmChunk, count)),
                "dgm-eval" => (s * (count / splits), (s + 1) * (count / splits)),
                _ => ((int)((long)s * count / splits), (int)((long)(s + 1) * count / splits)),
            };
            Split split = Split.Of(logits, order[start..end]);
            scores[s] = split.Score;
            if (inputs.WithErrors && end - start > 1)
            {
                split.AddChanges(logits, changes, 1.0 / splits);
            }
        }

        double mean = scores.Average(), spread = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
        if (!inputs.WithErrors || count < 2 * splits)
        {
            return MetricOutcome.Of(mean, spread);
        }

        MetricInfluence influence = new([], MetricInfluence.OfChanges(changes));
        return MetricOutcome.Of(((MetricNumber)mean) with { StandardError = influence.StandardError(), Influence = influence }, spread);
    }

    /// <summary>A part of the set: the sum of its probabilities, and each image's own <c>sum p log p</c>.</summary>
    private sealed record Split(int[] Rows, double[] Marginal, double[] Entropies)
    {
        public double Score => Math.Exp(Divergence(Entropies.Sum(), Marginal, Rows.Length));

        public static Split Of(FeatureMatrix logits, int[] rows)
        {
            double[] marginal = new double[logits.Width], logProbabilities = new double[logits.Width], entropies = new double[rows.Length];
            for (int i = 0; i < rows.Length; i++)
            {
                LogSoftmax(logits.Row(rows[i]), logProbabilities);
                for (int c = 0; c < marginal.Length; c++)
                {
                    double probability = Math.Exp(logProbabilities[c]);
                    marginal[c] += probability;
                    entropies[i] += probability * logProbabilities[c];
                }
            }

            return new Split(rows, marginal, entropies);
        }

        /// <summary>The change of the score without each image, times a weight, less the mean change: that is the split's bias and no image's doing.</summary>
        public void AddChanges(FeatureMatrix logits, double[] changes, double weight)
        {
            double all = Entropies.Sum(), score = Score, mean = 0;
            double[] without = new double[Rows.Length];
            Parallel.For(0, Rows.Length, () => new double[logits.Width], (i, _, probabilities) =>
            {
                LogSoftmax(logits.Row(Rows[i]), probabilities);
                for (int c = 0; c < probabilities.Length; c++)
                {
                    probabilities[c] = Marginal[c] - Math.Exp(probabilities[c]);
                }

                without[i] = weight * (Math.Exp(Divergence(all - Entropies[i], probabilities, Rows.Length - 1)) - score);
                return probabilities;
            }, _ => { });
            mean = without.Average();
            for (int i = 0; i < Rows.Length; i++)
            {
                changes[Rows[i]] = without[i] - mean;
            }
        }

        // mean KL = mean sum p log p - sum m log m, with m the mean of p.
        private static double Divergence(double negativeEntropy, double[] marginal, double count)
        {
            double divergence = negativeEntropy / count;
            foreach (double sum in marginal)
            {
                double m = sum / count;
                divergence -= m > 0 ? m * Math.Log(m) : 0;
            }

            return divergence;
        }
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
