using System.Text.Json;
using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Tests.Metrics;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Retrieval;

public sealed class RetrievalEvaluationTests
{
    private static readonly int[] ManyKs = [1, 2, 4, 8, 10, 50];

    public static TheoryData<int> Cases { get; } = [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_what_numpy_and_scikit_learn_give(int index)
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "retrieval", "golden.json")));
        JsonElement golden = document.RootElement[index];
        int Whole(string name) => golden.GetProperty(name).GetInt32();
        (FeatureMatrix rows, string[] labels) = LabelledSets.Make((uint)Whole("seed"), Whole("count"), Whole("width"), Whole("classes"));
        RetrievalOptions options = new()
        {
            Ks = ManyKs,
            Distance = golden.GetProperty("metric").GetString() == "cosine" ? RetrievalDistance.Cosine : RetrievalDistance.Euclidean,
        };
        RetrievalResult result;
        if (golden.GetProperty("kind").GetString() == "within")
        {
            result = RetrievalEvaluation.Within(rows, labels, options, new PlainProducts(), CancellationToken.None);
        }
        else
        {
            (FeatureMatrix gallery, string[] names) = LabelledSets.Make((uint)Whole("gallery_seed"), Whole("gallery_count"), Whole("width"), Whole("gallery_classes"));
            result = RetrievalEvaluation.Against(rows, labels, gallery, names, options, new PlainProducts(), CancellationToken.None);
        }

        foreach (int k in ManyKs)
        {
            Assert.Equal(golden.GetProperty("recall").GetProperty($"{k}").GetDouble(), result.Recall(k).Value, 1e-15);
            Assert.Equal(golden.GetProperty("recall_error").GetProperty($"{k}").GetDouble(), result.Recall(k).StandardError!.Value, 1e-12);
        }

        Assert.Equal(golden.GetProperty("map_at_r").GetDouble(), result.MeanPrecision().Value, 1e-12);
        Assert.Equal(golden.GetProperty("map_error").GetDouble(), result.MeanPrecision().StandardError!.Value, 1e-12);
        Assert.Equal(Whole("alone"), result.Alone);
    }

    [Fact]
    public void Rotations_change_no_rank_of_cosine()
    {
        (FeatureMatrix rows, string[] labels) = LabelledSets.Make(21, 300, 9, 6);
        RetrievalResult before = Within(rows, labels), after = Within(Turned(rows, 0.7), labels);
        Assert.Equal(before.FirstHit, after.FirstHit);
        Assert.Equal(before.AveragePrecision, after.AveragePrecision);
    }

    [Fact]
    public void Lengths_of_rows_change_no_rank_of_cosine()
    {
        (FeatureMatrix rows, string[] labels) = LabelledSets.Make(22, 200, 6, 5);
        FeatureMatrix scaled = LabelledSets.Of([.. Enumerable.Range(0, rows.Count).Select(i => Array.ConvertAll(rows.Row(i).ToArray(), v => v * (1 << (i % 5))))]);
        Assert.Equal(Within(rows, labels).FirstHit, Within(scaled, labels).FirstHit);
    }

    [Fact]
    public void The_order_of_rows_moves_what_becomes_of_each_query_along()
    {
        (FeatureMatrix rows, string[] labels) = LabelledSets.Make(23, 250, 7, 8);
        int[] order = new QualityGate.Numerics.Random.NumpyRandomState(5).Permutation(rows.Count);
        RetrievalResult before = Within(rows, labels), after = Within(new SelectedRows(rows, order), [.. order.Select(i => labels[i])]);
        Assert.Equal(order.Select(i => before.FirstHit[i]), after.FirstHit);
        Assert.Equal(order.Select(i => before.AveragePrecision[i]), after.AveragePrecision);
        Assert.Equal(order.Select(i => before.Nearest[i]), after.Nearest.Select(i => order[i]));
    }

    [Fact]
    public void The_set_as_its_own_gallery_finds_each_image_itself_first()
    {
        (FeatureMatrix rows, string[] labels) = LabelledSets.Make(24, 80, 6, 5);
        RetrievalResult result = RetrievalEvaluation.Against(rows, labels, rows, labels, new RetrievalOptions(), new PlainProducts(), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 80), result.Nearest);
        Assert.Equal(1, result.Recall(1).Value);
    }

    [Fact]
    public void Of_equally_near_images_of_a_gallery_the_first_comes_first()
    {
        DenseFeatureMatrix query = LabelledSets.Of([[1f, 0f]]), gallery = LabelledSets.Of([[0f, 1f], [2f, 0f], [1f, 0f]]);
        RetrievalResult result = RetrievalEvaluation.Against(query, ["a"], gallery, ["a", "b", "a"], new RetrievalOptions(), new PlainProducts(), CancellationToken.None);
        Assert.Equal((1, 2, 2), (result.Nearest[0], result.NearestOfClass[0], result.FirstHit[0]));
    }

    [Fact]
    public void Classes_have_a_table_that_counts_those_alone()
    {
        DenseFeatureMatrix rows = LabelledSets.Of([[1f, 0f], [1f, 0.1f], [0f, 1f], [0.1f, 1f]]);
        MetricTable table = Within(rows, ["b", "b", "a", "c"]).ByClassTable("x");
        Assert.Equal(["a", "b", "c"], table.RowNames);
        Assert.Equal(["queries", "alone", "recall_at_1", "recall_at_2", "recall_at_4", "recall_at_8", "map_at_r"], table.Columns);
        Assert.Equal<IEnumerable<double?>>([1, 1, 0, 0, 0, 0, 0], table.Rows[0]);
        Assert.Equal<IEnumerable<double?>>([2, 0, 1, 1, 1, 1, 1], table.Rows[1]);
    }

    [Theory]
    [InlineData("reference", "k=1,3")]
    [InlineData("self", "k=5")]
    public void The_family_gives_a_curve_of_any_K_and_standard_errors(string gallery, string ks)
    {
        (FeatureMatrix rows, string[] labels) = LabelledSets.Make(25, 60, 6, 5);
        FeatureSet set = GoldenSets.Set(rows) with { Labels = labels };
        MetricInputs inputs = new(set, set, new PlainProducts());
        QualityGate.Specs.MetricParameter Parameter(string name, string value) => new("recall_at_k", name, value, null);
        MeasuredMetrics measured = MetricRegistry.Compute(
            [MetricRegistry.Find("recall_at_1")!], [Parameter("gallery", gallery), Parameter("k", ks[2..])], inputs, CancellationToken.None);
        MetricTable curve = measured.Tables.Single(t => t.Name == "recall_at_k.curve");
        Assert.Equal(ks == "k=5" ? [1, 2, 4, 5, 8] : [1, 2, 3, 4, 8], curve.Rows.Select(r => (int)r[0]!.Value));
        MetricValue first = measured.Values.Single(v => v.Name == "recall_at_1");
        Assert.Equal(gallery == "reference", first.Value == 1);
        Assert.Equal(Math.Sqrt(first.Value!.Value * (1 - first.Value.Value) / 60), first.StandardError!.Value, 1e-15);
        Assert.Contains(measured.Tables, t => t.Name == "recall_at_k.classes" && t.RowNames.Count == labels.Distinct().Count());
    }

    [Fact]
    public void A_gallery_without_labels_is_a_reason()
    {
        (FeatureMatrix rows, string[] labels) = LabelledSets.Make(26, 20, 4, 3);
        Dictionary<string, MetricValue> values = MetricRun.Of("recall_at_k", GoldenSets.Set(rows), GoldenSets.Set(rows) with { Labels = labels }, "gallery=reference");
        Assert.Equal("the reference (test) is the gallery and holds no labels; name them with --labels", values["map_at_r"].Error);
    }

    private static RetrievalResult Within(FeatureMatrix rows, string[] labels) =>
        RetrievalEvaluation.Within(rows, labels, new RetrievalOptions(), new PlainProducts(), CancellationToken.None);

    // Turns neighbouring pairs of axes; float rounding stays far below the gaps of drawn rows.
    private static DenseFeatureMatrix Turned(FeatureMatrix rows, double angle) => LabelledSets.Of([.. Enumerable.Range(0, rows.Count).Select(i =>
    {
        double[] row = Array.ConvertAll(rows.Row(i).ToArray(), v => (double)v);
        for (int d = 0; d + 1 < row.Length; d++)
        {
            (row[d], row[d + 1]) = ((row[d] * Math.Cos(angle)) - (row[d + 1] * Math.Sin(angle)), (row[d] * Math.Sin(angle)) + (row[d + 1] * Math.Cos(angle)));
        }

        return Array.ConvertAll(row, v => (float)v);
    })]);
}
