using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>Reads the images to blame from a result that nobody trusts: lists longer than a run writes are refused.</summary>
internal static class ResultBlame
{
    private const int MostMetrics = 1000;

    public static IReadOnlyList<Blame> Read(ResultNode node)
    {
        IReadOnlyList<string> names = node.AllNames();
        return names.Count <= MostMetrics
            ? [.. names.Select(name => ReadMetric(node.Object(name), name))]
            : throw node.Fail("`blame`", $"of at most {MostMetrics} metrics");
    }

    public static UncoveredModes ReadUncovered(ResultNode node) => Ended(node, new UncoveredModes(
        node.Count("count"),
        node.Count("reference_count"),
        [.. Few(node, "modes", UncoveredModes.MostModes).Select(ReadMode)],
        [.. Few(node, "classes", UncoveredModes.MostClasses).Select(ReadClass)]));

    private static Blame ReadMetric(ResultNode node, string name) => Ended(node, new Blame(
        name,
        node.Word("direction", [MetricDirection.Lower, MetricDirection.Higher], d => d == MetricDirection.Lower ? "lower" : "higher"),
        ReadSide(node.Object("reference")),
        ReadSide(node.Object("candidate"))));

    private static BlamedSide ReadSide(ResultNode node) =>
        Ended(node, new BlamedSide(node.Count("count"), node.Number("total"), [.. Few(node, "images", Blame.MostImages).Select(ReadImage)]));

    private static BlamedImage ReadImage(ResultNode node) => Ended(
        node, new BlamedImage(node.Count("index"), node.OptionalText("id"), node.Number("contribution"), node.Number("share"))
        {
            IsNew = node.Has("new") ? node.Flag("new") : null,
        });

    private static UncoveredMode ReadMode(ResultNode node)
    {
        IReadOnlyList<string> examples = node.Texts("examples");
        if (examples.Count > UncoveredModes.MostExamples)
            throw node.Fail("`examples`", $"a list of at most {UncoveredModes.MostExamples} texts");
        string? name = node.OptionalText("class");
        return Ended(node, new UncoveredMode(node.Count("count"), node.Number("share"), node.Count("index"), node.OptionalText("id"))
        {
            Class = name,
            OfClass = name is null ? 0 : node.Count("of_class"),
            Examples = examples,
        });
    }

    private static UncoveredClass ReadClass(ResultNode node) =>
        Ended(node, new UncoveredClass(node.Text("name"), node.Count("count"), node.Count("reference_count")));

    private static IReadOnlyList<ResultNode> Few(ResultNode node, string name, int most)
    {
        IReadOnlyList<ResultNode> found = node.Objects(name);
        return found.Count <= most ? found : throw node.Fail($"`{name}`", $"a list of at most {most} objects");
    }

    private static T Ended<T>(ResultNode node, T value)
    {
        node.End();
        return value;
    }
}
