using System.Text.Json;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Neighbours;
using QualityGate.Specs;

namespace QualityGate.Tests.Metrics;

/// <summary>
/// Sets with what the public implementations and float64 definitions say of them (Data/vectors/neighbours.json: prdc_exact and realism_k3_paper
/// are definitions; rarity_score, kynkaat, youngjung, dgm_eval and cdc are the authors' code, some of it in float32).
/// </summary>
public sealed class NeighbourVectorTests
{
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "vectors", "neighbours.json"))).RootElement;

    public static TheoryData<string> Sets => [.. Expected.EnumerateObject().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Precision_to_coverage_equal_exact_arithmetic(string set)
    {
        foreach ((int k, string inequality, string convention) in new[] { (3, "lt", "prdc"), (3, "le", "inclusive"), (5, "lt", "prdc"), (5, "le", "inclusive") })
        {
            JsonElement expected = Expected.GetProperty(set).GetProperty($"def:prdc_exact:k{k}:{inequality}");
            Dictionary<string, MetricValue> values = Measure(set, "prdc", $"k={k}", $"convention={convention}");
            if (expected.TryGetProperty("raises", out _))
            {
                Assert.All(values.Values, v => Assert.StartsWith($"k = {k} needs more than {k} images", v.Error, StringComparison.Ordinal));
                continue;
            }

            foreach (string name in new[] { "precision", "recall", "density", "coverage" })
            {
                MetricRun.AssertClose(expected.GetProperty(name).GetDouble(), values[name].Value, name == "density" ? 1e-13 : 0);
            }
        }
    }

    // On ordinary sets the authors' own code, in float32 or not, agrees; on copies its rounding decides.
    [Theory]
    [InlineData("gauss_500_700_d64")]
    [InlineData("n_lt_d_100_120_d256")]
    public void Improved_precision_and_recall_equal_the_authors_code(string set)
    {
        foreach (int k in new[] { 3, 5 })
        {
            JsonElement expected = Expected.GetProperty(set).GetProperty($"kynkaat:k{k}");
            Dictionary<string, MetricValue> values = Measure(set, "improved_precision_recall", $"k={k}");
            Assert.Equal(expected.GetProperty("precision").GetDouble(), values["improved_precision"].Value);
            Assert.Equal(expected.GetProperty("recall").GetDouble(), values["improved_recall"].Value);
        }
    }

    [Theory]
    [InlineData("gauss_500_700_d64", 3)]
    [InlineData("gauss_500_700_d64", 5)]
    [InlineData("n_lt_d_100_120_d256", 3)]
    [InlineData("n_lt_d_100_120_d256", 5)]
    [InlineData("k_ge_n_4_5_d8", 3)]
    [InlineData("identical_400_d64", 5)]
    public void Rarity_equals_the_authors_code_image_by_image(string set, int k)
    {
        JsonElement expected = Expected.GetProperty(set).GetProperty($"rarity_score:k{k}");
        (_, NeighbourResults neighbours) = Answer(set, demand => demand.AskSmallestBalls(Rarity.Balls(k)));
        double[] scores = Rarity.Scores(neighbours, k);
        Assert.Equal(expected.GetProperty("scores").GetArrayLength(), scores.Length);
        Assert.All(
            expected.GetProperty("scores").EnumerateArray().Zip(scores),
            pair => Assert.Equal(pair.First.GetDouble(), double.IsNaN(pair.Second) ? 0 : pair.Second, 1e-9));
        Dictionary<string, MetricValue> values = Measure(set, "rarity", $"k={k}");
        Assert.Equal(expected.GetProperty("n_out_of_manifold").GetDouble() / scores.Length, values["rarity_out_of_manifold"].Value);
        MetricRun.AssertClose(expected.GetProperty("mean_of_in_manifold").GetDouble(), values["rarity"].Value, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Realism_equals_its_definition_image_by_image(string set)
    {
        JsonElement expected = Expected.GetProperty(set).GetProperty("def:realism_k3_paper(radius<=median, exact cdist float64)");
        CheckRealism(set, "paper", expected, 1e-9);
    }

    // float32 code: six digits.
    [Theory]
    [InlineData("gauss_500_700_d64", "kynkaanniemi", "kynkaat:realism_k3:clamp50(SQUARED ratios, eps 1e-5)")]
    [InlineData("gauss_500_700_d64", "youngjung", "youngjung:realism_k3(no prune, eps 1e-6, first 400 fakes)")]
    [InlineData("gauss_500_700_d64", "dgm-eval", "dgm_eval:realism_k3(strict median prune, no eps)")]
    [InlineData("n_lt_d_100_120_d256", "kynkaanniemi", "kynkaat:realism_k3:clamp50(SQUARED ratios, eps 1e-5)")]
    [InlineData("n_lt_d_100_120_d256", "youngjung", "youngjung:realism_k3(no prune, eps 1e-6, first 400 fakes)")]
    [InlineData("n_lt_d_100_120_d256", "dgm-eval", "dgm_eval:realism_k3(strict median prune, no eps)")]
    [InlineData("k_ge_n_4_5_d8", "kynkaanniemi", "kynkaat:realism_k3:clamp50(SQUARED ratios, eps 1e-5)")]
    public void Realism_equals_the_code_that_a_convention_names(string set, string convention, string key) =>
        CheckRealism(set, convention, Expected.GetProperty(set).GetProperty(key), 2e-5);

    [Theory]
    [MemberData(nameof(Sets))]
    public void Authenticity_equals_dgm_evals(string set)
    {
        // Theirs is a percentage in float32.
        double expected = Expected.GetProperty(set).GetProperty("dgm_eval:authpct").GetDouble() / 100;
        Assert.Equal(expected, Measure(set, "authenticity")["authenticity"].Value!.Value, 1e-7);
    }

    // Not on the set of copies: there the rounding of scikit-learn's distances of zero decides.
    [Theory]
    [InlineData("gauss_500_700_d64", 3)]
    [InlineData("gauss_500_700_d64", 5)]
    [InlineData("n_lt_d_100_120_d256", 3)]
    [InlineData("n_lt_d_100_120_d256", 5)]
    [InlineData("identical_400_d64", 3)]
    [InlineData("k_ge_n_4_5_d8", 3)]
    [InlineData("constant_50_60_d16", 5)]
    public void Clipped_density_and_coverage_equal_the_authors_code(string set, int k)
    {
        JsonElement expected = Expected.GetProperty(set).GetProperty($"cdc:k{k}");
        Dictionary<string, MetricValue> values = Measure(set, "clipped_density_coverage", $"k={k}");
        MetricRun.AssertClose(expected.GetProperty("clipped_density").GetDouble(), values["clipped_density"].Value, 1e-12);
        MetricRun.AssertClose(expected.GetProperty("clipped_coverage").GetDouble(), values["clipped_coverage"].Value, 1e-12);
    }

    private static void CheckRealism(string set, string convention, JsonElement expected, double relative)
    {
        IMetricFamily family = MetricRegistry.Find("realism")!;
        ParameterValues parameters = ParameterValues.Bind(family, [new MetricParameter("realism", "convention", convention, null)]);
        (_, NeighbourResults neighbours) = Answer(set, demand => demand.AskRealism(Realism.Rule(parameters)));
        Assert.True(neighbours.Realism.Length >= expected.GetArrayLength());
        Assert.All(expected.EnumerateArray().Zip(neighbours.Realism), pair => MetricRun.AssertClose(pair.First.GetDouble(), pair.Second, relative));
    }

    private static (FeatureSet Reference, NeighbourResults Neighbours) Answer(string set, Action<NeighbourDemand> ask)
    {
        (FeatureSet reference, FeatureSet candidate) = Read(set);
        NeighbourDemand demand = new();
        ask(demand);
        using MatrixEngine engine = new();
        return (reference, NeighbourSpace.Answer(reference.Features!, candidate.Features!, demand, engine));
    }

    private static Dictionary<string, MetricValue> Measure(string set, string family, params string[] settings)
    {
        (FeatureSet reference, FeatureSet candidate) = Read(set);
        return MetricRun.Of(family, reference, candidate, settings);
    }

    private static (FeatureSet Reference, FeatureSet Candidate) Read(string set)
    {
        string path = RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "vectors", $"{set}.npz");
        return (FeatureFile.Read($"{path}#real"), FeatureFile.Read($"{path}#fake"));
    }
}
