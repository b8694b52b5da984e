using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Random;
using static QualityGate.SelfTest.GoldenInputs;
using static QualityGate.SelfTest.GoldenItem;

namespace QualityGate.SelfTest;

/// <summary>
/// Every golden number that is replayed. The numbers in golden.json come from public implementations fed with <see cref="GoldenInputs"/> in float64:
/// numpy's RandomState; pytorch-fid's square root by scipy, and eigenvalues where covariances are rank deficient; torch-fidelity's KID and inception score;
/// clovaai's prdc.py, and the same with spheres counted; and, for the other metrics, the code that their conventions are named after. Those in golden-float32.json are numpy's and scipy's on the same inputs rounded to float32, by
/// tests/golden/selftest.py, which first shows that it gives the numbers of golden.json.
/// </summary>
internal static class GoldenItems
{
    // Whole numbers of numpy, and shares of images that no rounding decides.
    private const double Exact = 1e-12;

    // The same inputs and float64 throughout: only the order of sums differs.
    private const double Close = 1e-9;

    // Features are float32 here and were float64 there, which moves these numbers by up to some 1e-7 of their size.
    private const double Rounded = 2e-7;

    private const string Kid = "kid|input1=fake,input2=real,subsets10,size20,seed2020";
    private static readonly string[] Prdc = ["precision", "recall", "density", "coverage"];

    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<GoldenItem> All { get; } =
    [
        .. Enumerable.Range(0, 10).Select(i => Random("rng_perm10_seed2020", i, () => new NumpyRandomState(2020).Permutation(10)[i])),
        .. Enumerable.Range(0, 5).Select(i => Random("rng_choice48_5_then_64_5_seed2020|0", i, () => Choices().First[i])),
        .. Enumerable.Range(0, 5).Select(i => Random("rng_choice48_5_then_64_5_seed2020|1", i, () => Choices().Second[i])),
        .. Enumerable.Range(0, 3).Select(i => Random("rng_random_sample3_seed2020", i, () => Samples()[i])),
        Metric("fid|real_vs_fake_sqrtm", Rounded, "fid", Reference, Candidate),
        Metric("fid|rank_deficient_sym", Rounded, "fid", Head(Reference, 8), Head(Candidate, 8)),
        Metric("fid|self_eig", Rounded, "fid", Reference, Reference),
        Metric($"{Kid}|mean", Rounded, "kid", Reference, Candidate, "subsets=10", "subset_size=20"),
        Metric($"{Kid}|std_ddof0", Rounded, "kid_std", Reference, Candidate, "subsets=10", "subset_size=20"),
        Metric("kid|full_unbiased_64x48", Rounded, "kid", Reference, Candidate, "convention=full"),
        Metric("float32|fid", Close, "fid", Reference, Candidate),
        Metric("float32|fid_rank_deficient_8", Close, "fid", Head(Reference, 8), Head(Candidate, 8)),
        Metric("float32|kid_subsets10_size20_seed2020|mean", Close, "kid", Reference, Candidate, "subsets=10", "subset_size=20"),
        Metric("float32|kid_subsets10_size20_seed2020|std_ddof0", Close, "kid_std", Reference, Candidate, "subsets=10", "subset_size=20"),
        Metric("float32|kid_full", Close, "kid", Reference, Candidate, "convention=full"),
        .. MetricsOf("prdc|k3", Exact, Prdc, Reference, Candidate, "k=3"),
        .. MetricsOf("prdc|k5", Exact, Prdc, Reference, Candidate, "k=5"),
        .. MetricsOf("prdc|all_ones_k5_strict", Exact, Prdc, Ones, Ones, "k=5"),
        .. MetricsOf("prdc|self_R_R_k5", Exact, Prdc, Reference, Reference, "k=5"),
        .. MetricsOf("prdc|k3_le", Exact, Prdc, Reference, Candidate, "k=3", "convention=inclusive"),
        .. MetricsOf("prdc|all_ones_k5_le", Exact, Prdc, Ones, Ones, "k=5", "convention=inclusive"),
        .. MetricsOf("prdc|self_R_R_k5_le", Exact, Prdc, Reference, Reference, "k=5", "convention=inclusive"),
        .. ImprovedOf("prdc|k3_le"),
        Metric("realism|mean|kynkaat", Rounded, "realism", Reference, Candidate, "convention=kynkaanniemi"),
        Metric("realism|mean|dgm", Rounded, "realism", Reference, Candidate, "convention=dgm-eval"),
        Metric("realism|mean|youngjung", Rounded, "realism", Reference, Candidate, "convention=youngjung"),
        Metric("float32|realism_mean|paper", Close, "realism", Reference, Candidate),
        Metric("float32|realism_mean|kynkaat", Close, "realism", Reference, Candidate, "convention=kynkaanniemi"),
        Metric("float32|realism_mean|dgm", Close, "realism", Reference, Candidate, "convention=dgm-eval"),
        Metric("float32|realism_mean|youngjung", Close, "realism", Reference, Candidate, "convention=youngjung"),
        Metric("rarity_k3|mean_in", Rounded, "rarity", Reference, Candidate),
        Metric("float32|rarity_k3|mean_in", Close, "rarity", Reference, Candidate),
        Metric("float32|rarity_k3|out", Exact, "rarity_out_of_manifold", Reference, Candidate),
        Metric("float32|authenticity", Exact, "authenticity", Reference, Candidate),
        new GoldenItem("prd F8 of given histograms", "prd|F8(recall)", Close, _ => Prd(8)),
        new GoldenItem("prd F1/8 of given histograms", "prd|F1/8(precision)", Close, _ => Prd(1.0 / 8)),
        Metric("vendi|fake_linear_q1", Rounded, "vendi", Reference, Candidate),
        Metric("vendi|q2", Rounded, "vendi", Reference, Candidate, "q=2"),
        Metric("vendi|qinf", Rounded, "vendi", Reference, Candidate, "q=inf"),
        Metric("float32|vendi_fake|q1", Close, "vendi", Reference, Candidate),
        Metric("float32|vendi_fake|q2", Close, "vendi", Reference, Candidate, "q=2"),
        Metric("float32|vendi_fake|qinf", Close, "vendi", Reference, Candidate, "q=inf"),
        Metric("cmmd|l2normalised", Rounded, "cmmd", Reference, Candidate),
        Metric("cmmd|raw", Rounded, "cmmd", Reference, Candidate, "normalise=no"),
        Metric("float32|cmmd_l2normalised", Close, "cmmd", Reference, Candidate),
        Metric("float32|cmmd_raw", Close, "cmmd", Reference, Candidate, "normalise=no"),
        new GoldenItem("mind along given directions", "mind|value", Rounded, Mind),
        new GoldenItem("mind along given directions (float32)", "float32|mind", Close, Mind),
        .. new[] { 1, 2, 4 }.Select(k => Metric($"recall_at_k|drop_by_index|{k}", Exact, $"recall_at_{k}", Embeddings, Embeddings)),
        .. new[] { 1, 2, 4 }.Select(k => Metric($"recall_at_k|drop_first|{k}", Exact, $"recall_at_{k}", Embeddings, Embeddings, "convention=proxy-anchor")),
        Metric("is|splits4_shuffle_seed2020|mean", Rounded, "inception_score", Logits, Logits, "splits=4"),
        Metric("is|splits4_shuffle_seed2020|std_ddof0", Rounded, "inception_score_std", Logits, Logits, "splits=4"),
        Metric("is|splits4_noshuffle|mean", Rounded, "inception_score", Logits, Logits, "splits=4", "convention=original"),
        Metric("is|splits4_noshuffle|std_ddof0", Rounded, "inception_score_std", Logits, Logits, "splits=4", "convention=original"),
        Metric("float32|is_splits4_seed2020|mean", Close, "inception_score", Logits, Logits, "splits=4"),
        Metric("float32|is_splits4_seed2020|std_ddof0", Close, "inception_score_std", Logits, Logits, "splits=4"),
        Metric("float32|is_splits4_in_order|mean", Close, "inception_score", Logits, Logits, "splits=4", "convention=original"),
        Metric("float32|is_splits4_in_order|std_ddof0", Close, "inception_score_std", Logits, Logits, "splits=4", "convention=original"),
        Metric("float32|is_splits4_in_order_37|mean", Close, "inception_score", Head(Logits, 37), Head(Logits, 37), "splits=4", "convention=original"),
        Metric("is|splits1|mean", Rounded, "inception_score", Logits, Logits, "splits=1"),
        Metric("is|n=37,splits4,noshuffle,i*N//s|mean", Rounded, "inception_score", Head(Logits, 37), Head(Logits, 37), "splits=4", "convention=original"),
        Metric("is|n=37,splits4,noshuffle,i*N//s|std_ddof0", Rounded, "inception_score_std", Head(Logits, 37), Head(Logits, 37), "splits=4", "convention=original"),
    ];

    private static GoldenItem Random(string golden, int index, Func<double> compute) =>
        new($"{golden.Replace('|', ' ')}, {index}", $"{golden}|{index}", Exact, _ => compute());

    // With spheres counted and k = 3, prdc's precision and recall are the improved ones.
    private static IEnumerable<GoldenItem> ImprovedOf(string golden) => new[] { "precision", "recall" }
        .Select(metric => Metric($"{golden}|{metric}", Exact, $"improved_{metric}", Reference, Candidate));

    private static double Prd(double beta)
    {
        (double[] precision, double[] recall) = PrecisionRecallDistributions.Curve([0.1, 0.2, 0.3, 0.4, 0], [0.2, 0.2, 0.2, 0.2, 0.2]);
        return PrecisionRecallDistributions.LargestF(precision, recall, beta);
    }

    private static double Mind(IMatrixProducts products) =>
        MongeDistance.Distance(Head(Reference, 48).Features!, Candidate.Features!, Directions(), products, CancellationToken.None);

    private static (int[] First, int[] Second) Choices()
    {
        NumpyRandomState random = new(2020);
        return (random.ChoiceWithoutReplacement(48, 5), random.ChoiceWithoutReplacement(64, 5));
    }

    private static double[] Samples()
    {
        NumpyRandomState random = new(2020);
        return [random.NextDouble(), random.NextDouble(), random.NextDouble()];
    }
}
