using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>Reads the classes and tables of a result file.</summary>
internal static class ResultTables
{
    private const int MostClasses = 10_000;

    public static IReadOnlyList<ClassReport> ReadClasses(ResultNode result, Func<ResultNode, IReadOnlyList<MetricReport>> readMetrics)
    {
        IReadOnlyList<ResultNode> nodes = result.Objects("classes");
        if (nodes.Count > MostClasses)
            throw result.Fail("`classes`", $"at most {MostClasses} classes");
        HashSet<string> names = new(StringComparer.Ordinal);
        return [.. nodes.Select(node => ReadClass(node, names, readMetrics))];
    }

    public static IReadOnlyList<MetricTable> ReadTables(ResultNode tables) =>
        [.. tables.AllNames().Select(name => ReadTable(tables.Object(name), name))];

    private static ClassReport ReadClass(ResultNode node, HashSet<string> names, Func<ResultNode, IReadOnlyList<MetricReport>> readMetrics)
    {
        string name = node.Text("name");
        if (!names.Add(name))
            throw node.Fail("`classes`", "classes of different names");
        var report = new ClassReport(name, node.Count("reference_count"), node.Count("candidate_count"), readMetrics(node.Object("metrics")));
        node.End();
        return report;
    }

    private static MetricTable ReadTable(ResultNode node, string name)
    {
        IReadOnlyList<string> columns = node.Texts("columns");
        IReadOnlyList<string> rowNames = node.Has("row_names") ? node.Texts("row_names") : [];
        IReadOnlyList<IReadOnlyList<double?>> rows = node.NumberLists("rows", columns.Count);
        if (rowNames.Count > 0 && rowNames.Count != rows.Count)
            throw node.Fail("`tables`", "tables with as many row names as rows");
        var table = new MetricTable(name, columns, rows) { RowNames = rowNames, Caption = node.Text("caption"), IsShown = node.Flag("shown") };
        node.End();
        return table;
    }
}
