using System.Text.Json;

namespace QualityGate.Tests.Tool;

public sealed class FeatureInputsTests
{
    // Two Gaussian sets of 500 and 700 x 64 float32 values. FID by pytorch-fid (sqrtm) and by eigenvalues, precision, recall, density and
    // coverage by clovaai's prdc.py, k = 5; all in float64.
    private static readonly string Gauss = Path.Combine(AppContext.BaseDirectory, "Data", "vectors", "gauss_500_700_d64.npz");

    [Fact]
    public void Metrics_of_feature_files_equal_the_public_implementations()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run(
            "measure", "--reference", Gauss + "#real", "--candidate", Gauss + "#fake", "--metric", "fid", "--metric", "prdc", "--format", "json");
        Assert.Equal(0, answer.ExitCode);
        using JsonDocument result = JsonDocument.Parse(answer.Output);
        double Value(string metric) => result.RootElement.GetProperty("metrics").GetProperty(metric).GetProperty("value").GetDouble();
        Assert.InRange(Value("fid"), 7.40261134530391 * (1 - 1e-9), 7.40261134530391 * (1 + 1e-9));
        Assert.Equal(0.3742857142857143, Value("precision"));
        Assert.Equal(0.94, Value("recall"));
        Assert.Equal(0.21428571428571427, Value("density"));
        Assert.Equal(0.7, Value("coverage"));
        Assert.Equal("none", result.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(500, result.RootElement.GetProperty("reference").GetProperty("count").GetInt32());
    }

    // torch-fidelity with float64 features, 50 subsets of 250, seed 2020.
    [Fact]
    public void Kid_equals_torch_fidelity_on_float64_features()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run(
            "measure", "-r", Gauss + "#real", "-c", Gauss + "#fake", "-m", "kid", "--set", "kid.subsets=50", "--set", "kid.subset_size=250", "--format", "json");
        using JsonDocument result = JsonDocument.Parse(answer.Output);
        double Value(string metric) => result.RootElement.GetProperty("metrics").GetProperty(metric).GetProperty("value").GetDouble();
        Assert.InRange(Value("kid"), 0.12723669041918964 * (1 - 1e-9), 0.12723669041918964 * (1 + 1e-9));
        Assert.InRange(Value("kid_std"), 0.013409045473720883 * (1 - 1e-8), 0.013409045473720883 * (1 + 1e-8));
    }

    [Fact]
    public void A_metric_that_cannot_be_computed_answers_2_and_says_why()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("measure", "-r", Gauss + "#real", "-c", Gauss + "#fake", "-m", "inception_score");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("holds no class logits", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_exported_from_features_give_the_same_fid()
    {
        using ToolRun tool = new();
        Assert.Equal(0, tool.Run("features", "export", Gauss + "#real", "--output", "statistics.npz").ExitCode);
        Assert.Equal(0, tool.Run("features", "export", Gauss + "#real", "--output", "real.npy").ExitCode);
        Assert.Equal(0, tool.Run("features", "export", Gauss + "#real", "--output", "real.safetensors").ExitCode);
        foreach (string reference in new[] { "statistics.npz", "real.npy", "real.safetensors" })
        {
            ToolRun.Answer answer = tool.Run("measure", "-r", reference, "-c", Gauss + "#fake", "-m", "fid", "--format", "json");
            Assert.True(answer.ExitCode == 0, answer.Error);
            using JsonDocument result = JsonDocument.Parse(answer.Output);
            double fid = result.RootElement.GetProperty("metrics").GetProperty("fid").GetProperty("value").GetDouble();
            Assert.InRange(fid, 7.40261134530391 * (1 - 1e-9), 7.40261134530391 * (1 + 1e-9));
        }
    }
}
