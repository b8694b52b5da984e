using System.Text.Json;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>
/// Reads what <see cref="JsonReport"/> wrote. The file may come from a machine that nobody trusts (a build of a fork), so it is
/// bounded, every property is checked, and nothing in it is executed, opened or believed to be markup.
/// </summary>
public static class ResultReader
{
    // A thousand classes with twenty metrics each are some 10 MB; curves come on top.
    private const int MostHistory = 100;
    private const int LargestFile = 64 << 20;
    private const int ReadAtOnce = 1 << 16;

    private static readonly Verdict[] Verdicts = Enum.GetValues<Verdict>();

    /// <summary>Reads a result.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="UserErrorException">It cannot be read, or is not exactly a <c>qualitygate.result/1</c>.</exception>
    public static RunResult Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Parse(ReadBounded(stream, path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserErrorException(
                GateErrors.UnreadableResult, $"`{PlainText.OneLine(path)}` cannot be read: {e.Message}", innerException: e);
        }
    }

    // What a pipe will give is not known before, and a small file should not take the largest one's memory.
    private static ReadOnlyMemory<byte> ReadBounded(FileStream stream, string path)
    {
        using MemoryStream content = new();
        var block = new byte[ReadAtOnce];
        for (int read = stream.Read(block); read > 0; read = stream.Read(block))
        {
            content.Write(block, 0, read);
            if (content.Length > LargestFile)
                throw new UserErrorException(GateErrors.UnreadableResult, $"`{PlainText.OneLine(path)}` is larger than {LargestFile >> 20} MiB");
        }

        return content.ToArray();
    }

    /// <summary>Reads a result from memory.</summary>
    /// <param name="utf8">UTF-8 JSON.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <exception cref="UserErrorException">It is not exactly a <c>qualitygate.result/1</c>.</exception>
    public static RunResult Parse(ReadOnlyMemory<byte> utf8, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return ReadResult(new ResultNode(document.RootElement, name));
        }
        catch (JsonException e)
        {
            // The parser gives no line for its own check on properties.
            string what = e.LineNumber is { } line ? $"not valid JSON at line {line + 1}" : "a property is given twice";
            throw new UserErrorException(GateErrors.UnreadableResult, $"`{PlainText.OneLine(name)}` is not a result: {what}", innerException: e);
        }
        catch (InvalidOperationException e)
        {
            // A property's name that is not UTF-8.
            throw new UserErrorException(GateErrors.UnreadableResult, $"`{PlainText.OneLine(name)}` is not a result: not UTF-8 text", innerException: e);
        }
    }

    private static RunResult ReadResult(ResultNode node)
    {
        string schema = node.Text("schema");
        if (schema != JsonReport.Schema)
            throw node.Fail("`schema`", $"`{JsonReport.Schema}`, the only one that this version reads");
        var result = new RunResult
        {
            Tool = ReadTool(node.Object("tool")),
            Verdict = node.Word("verdict", Verdicts, VerdictNames.NameOf),
            SpecFile = node.OptionalText("spec"),
            Reference = ReadSet(node.Object("reference")),
            Candidate = ReadSet(node.Object("candidate")),
            Extractor = node.OptionalObject("extractor") is { } extractor ? ReadExtractor(extractor) : null,
            Baseline = node.OptionalObject("baseline") is { } baseline ? ReadBaseline(baseline) : null,
            BaselineLookup = node.Texts("baseline_lookup"),
            History = node.Has("history") ? [.. node.Objects("history").Take(MostHistory).Select(ReadHistory)] : [],
            Metrics = ReadMetrics(node.Object("metrics")),
            Classes = ResultTables.ReadClasses(node, ReadMetrics),
            Tables = ResultTables.ReadTables(node.Object("tables")),
            Blame = node.OptionalObject("blame") is { } blame ? ResultBlame.Read(blame) : [],
            Uncovered = node.OptionalObject("uncovered") is { } uncovered ? ResultBlame.ReadUncovered(uncovered) : null,
            Gates = [.. node.Objects("gates").Select(ReadGate)],
            Problems = [.. node.Objects("problems").Select(ReadProblem)],
            Notes = node.Texts("notes"),
            Timings = ReadNumbers(node.Object("timings")),
        };
        node.End();
        if (result.Verdict != Verdict.Fail && result.Gates.Any(g => g.Verdict == Verdict.Fail))
            throw node.Fail("`verdict`", "fail, since a gate failed");
        if (result.Verdict != Verdict.None && result.Problems.Count > 0)
            throw node.Fail("`verdict`", "none, since there are problems");
        return result;
    }

    private static ToolInfo ReadTool(ResultNode node) => Ended(node, new ToolInfo(node.Text("name"), node.Text("version")));

    private static SetInfo ReadSet(ResultNode node) => Ended(
        node, new SetInfo(node.Text("source"), node.Count("count"), node.Text("fingerprint"), node.Count("skipped"))
        {
            SampledFrom = node.Has("sampled_from") ? node.Count("sampled_from") : null,
        });

    private static ExtractorInfo ReadExtractor(ResultNode node) =>
        Ended(node, new ExtractorInfo(node.Text("name"), node.Text("fingerprint")));

    private static BaselineInfo ReadBaseline(ResultNode node) => Ended(
        node,
        new BaselineInfo(
            node.Text("path"),
            node.Time("created"),
            node.OptionalText("commit"),
            node.Count("candidate_count"),
            node.Text("source"),
            node.Word("features", Enum.GetValues<BaselineFeatures>(), VerdictNames.NameOf),
            node.Count("age_days")));

    private static IReadOnlyList<MetricReport> ReadMetrics(ResultNode node) =>
        [.. node.AllNames().Select(name => ReadMetric(node.Object(name), name))];

    private static MetricReport ReadMetric(ResultNode node, string name)
    {
        bool isError = node.Has("error");
        ResultNode parameters = node.Object("parameters");
        var value = new MetricValue
        {
            Name = name,
            Value = isError ? null : node.Number("value"),
            Error = isError ? node.Text("error") : null,
            StandardError = node.OptionalNumber("standard_error"),
            Interval = node.Has("interval") ? ReadInterval(node) : null,
            Direction = node.Word(
                "direction", [MetricDirection.Lower, MetricDirection.Higher], d => d == MetricDirection.Lower ? "lower" : "higher"),
            Convention = node.Text("convention"),
            Parameters = [.. parameters.AllNames().Select(p => KeyValuePair.Create(p, parameters.Scalar(p)))],
        };
        double? baseline = node.OptionalNumber("baseline");
        node.OptionalNumber("change");
        return Ended(node, new MetricReport(value, baseline));
    }

    private static MetricInterval ReadInterval(ResultNode node)
    {
        double[] ends = node.Numbers("interval", 2);
        return ends[0] <= ends[1] ? new MetricInterval(ends[0], ends[1]) : throw node.Fail($"`{node.Path}.interval`", "two numbers, the lower first");
    }

    private static GateResult ReadGate(ResultNode node)
    {
        GateRule rule = node.Word("rule", GateRules.All, GateRules.NameOf);
        var limit = new GateLimit(
            node.Text("metric"),
            rule,
            node.Number("limit"),
            node.Flag("relative"),
            node.Word("level", [GateLevel.Error, GateLevel.Warn], l => l == GateLevel.Warn ? "warn" : "error"),
            node.OptionalObject("location") is { } location ? ReadLocation(location) : null);
        string? inClass = node.OptionalText("class");
        if (inClass is not null)
            limit = limit with { Scope = node.Word("per_class", [GateScope.WorstClass, GateScope.EachClass], GateRules.NameOf) };
        ErrorCode code = GateRules.CodeOf(rule);
        return Ended(node, new GateResult
        {
            Limit = limit,
            Class = inClass,
            Verdict = node.Word("verdict", Verdicts, VerdictNames.NameOf),
            Observed = node.Number("observed"),
            Baseline = node.OptionalNumber("baseline"),
            Change = node.OptionalObject("change") is { } change ? ReadChange(change) : null,
            Waiver = node.OptionalObject("waiver") is { } waiver ? ReadWaiver(waiver) : null,
            Message = node.Text("message"),
            Code = node.Word("code", [code], c => c.Id),
        });
    }

    private static GateChange ReadChange(ResultNode node)
    {
        (double low, double high) = node.Interval("interval");
        return Ended(node, new GateChange(node.Number("value"), node.Number("standard_error"), new MetricInterval(low, high), node.Number("confidence"))
        {
            SharedImages = node.Has("shared_images") ? node.Count("shared_images") : null,
            IsSameImages = node.Has("same_images") && node.Flag("same_images"),
            MoreImages = node.OptionalNumber("more_images"),
        });
    }

    private static GateWaiver ReadWaiver(ResultNode node) =>
        Ended(node, new GateWaiver(node.Date("until"), node.Text("author"), node.Text("reason"), node.Flag("expired")));

    private static BaselineHistoryEntry ReadHistory(ResultNode node) => Ended(
        node, new BaselineHistoryEntry(node.Time("created"), node.OptionalText("commit"), ReadNumbers(node.Object("values")))
        {
            Errors = ReadNumbers(node.Object("standard_errors")),
        });

    private static Problem ReadProblem(ResultNode node) => Ended(node, new Problem(
        node.Word("code", ErrorCatalogue.All, c => c.Id),
        node.Text("message"),
        node.OptionalObject("location") is { } location ? ReadLocation(location) : null));

    private static SourceLocation ReadLocation(ResultNode node) =>
        Ended(node, new SourceLocation(node.Text("file"), node.Count("line"), node.Count("column")));

    private static IReadOnlyList<KeyValuePair<string, double>> ReadNumbers(ResultNode node) =>
        [.. node.AllNames().Select(stage => KeyValuePair.Create(stage, node.Number(stage)))];

    private static T Ended<T>(ResultNode node, T value)
    {
        node.End();
        return value;
    }
}
