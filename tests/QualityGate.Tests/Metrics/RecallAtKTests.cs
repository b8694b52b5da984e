using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class RecallAtKTests
{
    // expected.json: Proxy-Anchor's code, and the definitions with the query left out by index.
    [Theory]
    [InlineData("recall_cls30_600_d64", "proxy-anchor", "cosine", 0.6483333333333333, 0.8016666666666666, 0.9016666666666666, 0.96)]
    [InlineData("recall_cls30_600_d64", "index", "cosine", 0.6483333333333333, 0.8016666666666666, 0.9016666666666666, 0.96)]
    [InlineData("recall_cls30_600_d64", "index", "euclidean", 0.57, 0.7316666666666667, 0.8583333333333333, 0.9333333333333333)]

    // Here every image has copies, whose order is up to the sort: numpy's stable one, which is ours. Public code on unstable sorts lands elsewhere
    // within the bounds of all orders, 0.217 to 0.283 for Recall@1 (torch.topk 0.258 by distance and 0.225 by cosine).
    [InlineData("recall_with_exact_duplicates_120", "index", "cosine", 0.25833333333333336, 0.4583333333333333, 0.675, 0.825)]
    [InlineData("recall_with_exact_duplicates_120", "index", "euclidean", 0.25, 0.45, 0.6083333333333333, 0.775)]
    public void It_is_what_the_public_code_gives(string set, string convention, string distance, double at1, double at2, double at4, double at8)
    {
        Dictionary<string, MetricValue> values = Measure(Read(set), $"convention={convention}", $"distance={distance}");
        Assert.Equal([at1, at2, at4, at8], new[] { 1, 2, 4, 8 }.Select(k => values[$"recall_at_{k}"].Value!.Value));
    }

    // pytorch-metric-learning, LpDistance(p=2), in float32.
    [Theory]
    [InlineData("recall_cls30_600_d64", 0.18285417806710175)]
    public void MAP_at_R_is_pytorch_metric_learnings(string set, double expected) =>
        MetricRun.AssertClose(expected, Measure(Read(set), "distance=euclidean")["map_at_r"].Value, 1e-6);

    // golden.json: twelve rows of which the fourth copies the first, in another class.
    [Theory]
    [InlineData("proxy-anchor", 0.3333333333333333, 0.4166666666666667, 0.5)]
    [InlineData("index", 0.25, 0.3333333333333333, 0.5)]
    public void A_copy_in_another_class_tells_the_conventions_apart(string convention, double at1, double at2, double at4)
    {
        FeatureMatrix drawn = GoldenSets.Draw(5, 12, 6, 1, 0);
        float[][] rows = [.. Enumerable.Range(0, 12).Select(i => drawn.Row(i == 3 ? 0 : i).ToArray())];
        FeatureSet set = GoldenSets.Set(GoldenSets.Rows(rows)) with { Labels = [.. Enumerable.Range(0, 12).Select(i => $"{i / 3}")] };
        Dictionary<string, MetricValue> values = Measure(set, $"convention={convention}");
        Assert.Equal([at1, at2, at4], new[] { 1, 2, 4 }.Select(k => values[$"recall_at_{k}"].Value!.Value));
    }

    [Fact]
    public void A_query_alone_in_its_class_is_a_miss_or_left_out_and_said()
    {
        FeatureSet set = GoldenSets.Set(GoldenSets.Rows([[1f, 0f], [1f, 0.1f], [0f, 1f]])) with { Labels = ["a", "a", "b"] };
        Assert.Equal(2.0 / 3, Measure(set)["recall_at_1"].Value);
        Assert.Equal(1, Measure(set, "alone=excluded")["recall_at_1"].Value);
        MeasuredMetrics measured = MetricRegistry.Compute(
            [MetricRegistry.Find("recall_at_k")!], [], new MetricInputs(set, set, new PlainProducts()), CancellationToken.None);
        Assert.Equal("1 of 3 images are alone in their class; as queries they count as misses.", Assert.Single(measured.Notes));
    }

    // Copies are equally near: which of them come first must not depend on tiles.
    [Fact]
    public void Many_copies_are_ranked_by_row_however_many_tiles_they_span()
    {
        const int count = 700;
        FeatureSet set = GoldenSets.Set(new DenseFeatureMatrix([.. Enumerable.Range(0, count * 2).Select(i => i % 2 == 0 ? 1f : 2f)], count, 2)) with
        {
            Labels = [.. Enumerable.Range(0, count).Select(i => i is 0 or 650 ? "rare" : "common")],
        };

        // Every query finds rows 0, 1, 2, .. first (itself left out): row 650 finds its like at once, row 0 finds it too late.
        Dictionary<string, MetricValue> values = Measure(set, "distance=euclidean");
        Assert.Equal(1.0 / count, values["recall_at_1"].Value);
        Assert.Equal((count - 1.0) / count, values["recall_at_2"].Value);
    }

    [Fact]
    public void Without_labels_it_says_how_to_give_them() =>
        Assert.EndsWith("labels; name them with --labels", Measure(GoldenSets.Set(GoldenSets.Reference))["recall_at_1"].Error, StringComparison.Ordinal);

    [Fact]
    public void A_gate_may_hold_any_K()
    {
        IReadOnlyList<IMetricFamily> families = MetricRegistry.Distinct([MetricRegistry.Find("recall_at_16")!, MetricRegistry.Find("fid")!, MetricRegistry.Find("recall_at_3")!, MetricRegistry.Find("map_at_r")!]);
        Assert.Equal(["fid", "recall_at_k"], families.Select(f => f.Name));
        Assert.Equal(["recall_at_1", "recall_at_2", "recall_at_3", "recall_at_4", "recall_at_8", "recall_at_16", "map_at_r"], families[1].Metrics.Select(m => m.Name));
        FeatureSet set = Read("recall_cls30_600_d64");
        MeasuredMetrics measured = MetricRegistry.Compute(families.Skip(1), [], new MetricInputs(set, set, new PlainProducts()), CancellationToken.None);
        double[] recalls = [.. measured.Values.Take(6).Select(v => v.Value!.Value)];
        Assert.Equal(recalls.Order(), recalls);
        Assert.Equal(0.6483333333333333, recalls[0]);
        Assert.True(recalls[5] > recalls[4]);
    }

    [Theory]
    [InlineData("recall_at_16", true)]
    [InlineData("recall_at_10000", true)]
    [InlineData("recall_at_10001", false)]
    [InlineData("recall_at_0", false)]
    [InlineData("recall_at_016", false)]
    [InlineData("recall_at_", false)]
    [InlineData("recall_at_+1", false)]
    [InlineData("precision_at_1", false)]
    public void Names_of_other_K_are_metrics(string name, bool expected)
    {
        Assert.Equal(expected, MetricRegistry.Catalogue.IsMetric(name));
        Assert.Equal(expected, MetricRegistry.Find(name) is not null);
        Assert.Equal(expected, MetricRegistry.Catalogue.MetricPatterns.Any(p => System.Text.RegularExpressions.Regex.IsMatch(name, p)));
    }

    private static FeatureSet Read(string set)
    {
        string path = RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "vectors", $"{set}.npz");
        return FeatureFile.Read($"{path}#feat") with { Labels = NumpyFeatures.ReadArray($"{path}#label").ToStrings() };
    }

    private static Dictionary<string, MetricValue> Measure(FeatureSet set, params string[] settings) => MetricRun.Of("recall_at_k", set, set, settings);
}
