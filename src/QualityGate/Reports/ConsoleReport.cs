using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>The report for a terminal or a build log: what was compared, each gate, the other numbers, and the verdict as the last line.</summary>
/// <param name="style">Colours and width.</param>
public sealed class ConsoleReport(ConsoleStyle style) : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "console";

    private const int Narrowest = 40;
    private const int NameWidth = 10;
    private const int MostBlamed = 3;

    private readonly int _width = Math.Max(Narrowest, style.Width);

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        IEnumerable<string>[] parts =
        [
            Sets(result), Gates(result), Breaches(result), Blamed(result), Metrics(result), Failures(result), Tables().Shown(result), Tables().Classes(result),
            Problems(result), Notes(result), Timings(result),
        ];
        foreach (IEnumerable<string> part in parts)
        {
            bool isEmpty = true;
            foreach (string line in part)
            {
                writer.Write(line + "\n");
                isEmpty = false;
            }

            if (!isEmpty)
                writer.Write('\n');
        }

        writer.Write(Paint(result.Verdict, VerdictLine.Write(result)) + "\n");
    }

    private IEnumerable<string> Sets(RunResult result)
    {
        yield return Cut($"reference  {result.Reference.Source}  ({ResultText.Count(result.Reference)})");
        yield return Cut($"candidate  {result.Candidate.Source}  ({ResultText.Count(result.Candidate)})");
        if (result.Extractor is { } extractor)
            yield return Cut($"extractor  {extractor.Name}");
        if (result.Baseline is { } baseline)
        {
            yield return Cut($"baseline   {baseline.Path}  ({ResultText.BaselineSource(baseline)})");
            yield return Cut($"accepted   {ResultText.Acceptance(baseline)}");
        }

        // One place that has it says nothing new.
        if (result.BaselineLookup.Count > 1 || result.Baseline is null)
        {
            foreach (string looked in result.BaselineLookup)
                yield return Cut($"looked at  {looked}");
        }
    }

    private IEnumerable<string> Gates(RunResult result)
    {
        if (result.Gates.Count == 0)
            return [];
        var table = new TextTable("gate", "value", "limit", "baseline", "change", "verdict");
        IReadOnlyList<GateResult> listed = ResultText.Listed(result);
        foreach (GateResult gate in listed)
        {
            table.Add(
                ResultText.Gate(gate),
                ResultText.Number(gate.Observed),
                ResultText.Limit(gate.Limit),
                ResultText.Number(gate.Baseline),
                ResultText.Change(gate),
                ResultText.Verdict(gate.Verdict));
        }

        IEnumerable<string> lines = table.Lines(_width, (row, column, text) => row < 0 ? Dim(text) : column == 5 ? Paint(listed[row].Verdict, text) : text);
        return ResultText.Unlisted(result) is { } more ? lines.Append(more) : lines;
    }

    /// <summary>Not cut: this is what a person came for, and terminals wrap.</summary>
    private IEnumerable<string> Breaches(RunResult result) => result.Gates
        .Where(g => g.Verdict != Verdict.Pass)
        .SelectMany(g => GateText.Rows(result, g)
            .Select(row => $"    {Dim(row.Key.PadRight(NameWidth))}{PlainText.OneLine(row.Value)}")
            .Prepend(Paint(g.Verdict, g.Code.Id) + (g.Limit.Location is { } at ? $" {PlainText.OneLine(at.ToString())}:" : "") + " " + PlainText.OneLine(g.Message)));

    // Where to look, for a person who cannot wait; explain says more.
    private IEnumerable<string> Blamed(RunResult result)
    {
        foreach (Blame blame in BlameText.OfBreaches(result))
        {
            BlamedSide side = blame.Heavier;
            SetInfo set = side == blame.Candidate ? result.Candidate : result.Reference;
            if (side.Images.Count > 0)
                yield return Cut($"to blame for {blame.Metric}: {BlameText.Lead(blame, side)}");
            foreach (BlamedImage image in side.Images.Take(MostBlamed))
                yield return "  " + PlainText.OneLine(BlameText.PathOf(set, image.Index, image.Id));
        }

        if (BlameText.IsLacking(result))
            yield return Cut($"lacking: {BlameText.Lacks(result.Uncovered!)}");
    }

    private IEnumerable<string> Metrics(RunResult result)
    {
        IReadOnlyList<MetricReport> metrics = ResultText.Ungated(result);
        if (metrics.Count == 0)
            return [];
        var table = new TextTable("metric", "value", "std error", "interval", "baseline", "change");
        foreach (MetricReport metric in metrics)
        {
            table.Add(
                metric.Value.Name,
                ResultText.Number(metric.Value.Value),
                ResultText.Number(metric.Value.StandardError),
                ResultText.Interval(metric.Value.Interval),
                ResultText.Number(metric.Baseline),
                ResultText.Change(metric.Change));
        }

        return table.Lines(_width, (row, _, text) => row < 0 ? Dim(text) : text);
    }

    private static IEnumerable<string> Failures(RunResult result) => result.Metrics
        .Where(m => m.Value.Value is null)
        .Select(m => PlainText.OneLine($"{m.Value.Name} could not be computed: {m.Value.Error}"));

    private IEnumerable<string> Problems(RunResult result) =>
        result.Problems.Select(p => Paint(Verdict.Fail, PlainText.OneLine(p.ToString())));

    private static IEnumerable<string> Notes(RunResult result) => result.Notes.Select(n => "note: " + PlainText.OneLine(n));

    private IEnumerable<string> Timings(RunResult result)
    {
        if (result.Timings.Count > 0)
            yield return Dim(Cut("time: " + string.Join(", ", result.Timings.Select(t => $"{t.Key} {ResultText.Seconds(t.Value)}"))));
    }

    private ConsoleTables Tables() => new(_width, Dim);

    private string Cut(string line) => PlainText.Cut(PlainText.OneLine(line), _width);

    private string Dim(string text) => style.UseColor ? $"\e[2m{text}\e[0m" : text;

    private string Paint(Verdict verdict, string text)
    {
        string color = verdict switch
        {
            Verdict.Fail => "1;31",
            Verdict.Warn or Verdict.Inconclusive => "1;33",
            Verdict.Pass => "32",
            _ => "1",
        };
        return style.UseColor ? $"\e[{color}m{text}\e[0m" : text;
    }
}
