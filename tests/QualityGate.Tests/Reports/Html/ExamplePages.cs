using QualityGate.Baselines;
using QualityGate.Features;
using QualityGate.Features.Extraction;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Reports;
using QualityGate.Reports.Html;
using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Reports.Html;

/// <summary>
/// Pages of a small run whose images are known: each is of one colour, which is also its features. The candidate lacks the blue ones, copies some reference images
/// and holds green ones that the reference has not.
/// </summary>
public sealed class ExamplePages : IDisposable
{
    /// <summary>Where images and pages lie.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("qualitygate-pages-").FullName;

    private readonly Lazy<RunResult> _run;

    public ExamplePages() => _run = new Lazy<RunResult>(() => With(ExampleRuns.Failed(), ReferenceColours(), CandidateColours()));

    /// <summary>The run with its evidence.</summary>
    public RunResult Run => _run.Value;

    /// <summary>Colours of the reference: a red crowd and a blue one.</summary>
    public static (string Id, byte[] Colour)[] ReferenceColours() =>
    [
        .. Enumerable.Range(0, 30).Select(i => ($"red/{i:00}.png", new byte[] { (byte)(180 + i), (byte)(i % 7 * 3), 10 })),
        .. Enumerable.Range(0, 20).Select(i => ($"blue/{i:00}.png", new byte[] { 10, (byte)(i % 5 * 3), (byte)(180 + i) })),
    ];

    /// <summary>Colours of the candidate: red ones near the reference's, two copies, and five green ones.</summary>
    public static (string Id, byte[] Colour)[] CandidateColours() =>
    [
        .. Enumerable.Range(0, 33).Select(i => ($"red/{i:00}.png", new byte[] { (byte)(178 + i), (byte)((i % 7 * 3) + 1), 11 })),
        .. ReferenceColours().Take(2).Select((c, i) => ($"copy/{i:00}.png", c.Colour)),
        .. Enumerable.Range(0, 5).Select(i => ($"green/{i:00}.png", new byte[] { 10, (byte)(200 + i), 30 })),
    ];

    /// <summary>Writes a page and says where.</summary>
    public string Write(RunResult run, ReportLanguage language = ReportLanguage.English)
    {
        string path = Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".html");
        using StreamWriter writer = new(path);
        new HtmlReport(language).Write(run, writer);
        return path;
    }

    /// <summary>A run with evidence of images of these colours, which are written to disk.</summary>
    public RunResult With(RunResult run, (string Id, byte[] Colour)[] reference, (string Id, byte[] Colour)[] candidate)
    {
        string root = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        FeatureSet first = Set(Path.Combine(root, "reference"), reference), second = Set(Path.Combine(root, "candidate"), candidate);
        using MatrixEngine engine = new();
        MetricInputs inputs = new(first, second, engine);
        PerImageMetrics.Ask(inputs, []);
        MetricInfluence influence = new(new double[reference.Length], [.. candidate.Select((c, i) => c.Id.StartsWith("green", StringComparison.Ordinal) ? 1.0 + i : -0.2)]);
        MetricValue[] values = [.. run.Metrics.Select(m => m.Value.Name == "fid" ? m.Value with { Influence = influence, Interval = new MetricInterval(7.2, 8.6), StandardError = 0.3 } : m.Value)];
        Measurement measured = new(new ExtractionResult(first, [], 0), new ExtractionResult(second, [], 0), null, new MeasuredMetrics(values, [], []), [], [])
        {
            PerImage = PerImageMetrics.Compute(inputs, [], CancellationToken.None),
        };
        MeasureRequest request = new() { Reference = first.Source, Candidate = second.Source, Families = [], Parameters = [] };
        BaselineHistoryEntry[] history =
        [
            .. Enumerable.Range(0, 6).Select(i => new BaselineHistoryEntry(
                new DateTimeOffset(2026, 1, 1 + i, 12, 0, 0, TimeSpan.Zero), "abcdef0123456789", [new("fid", 7.5 - (0.1 * i)), new("coverage", 0.8 + (0.01 * i))])),
        ];
        return run with
        {
            Tables = [.. run.Tables.Where(t => t.Name != "prd.curve"), Curve()],
            Metrics = [.. run.Metrics.Zip(values, (m, v) => m with { Value = v })],
            Evidence = EvidenceRun.Of(request, measured, run.Gates, history, null, CancellationToken.None),
        };
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // Real curves rise straight up at both ends.
    private static MetricTable Curve() => new("prd.curve", ["angle", "precision", "recall"], [[0, 1, 0], [0.2, 0.9, 0], [0.5, 0.8, 0.4], [0.8, 0.6, 0.7], [1, 0.3, 0.7], [1.2, 0, 0.7]]);

    private static FeatureSet Set(string folder, (string Id, byte[] Colour)[] images)
    {
        const int side = 12;
        foreach ((string id, byte[] colour) in images)
        {
            string path = Path.Combine(folder, id);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, PngWriter.Encode(new Raster(side, side, 3, [.. Enumerable.Range(0, side * side).SelectMany(_ => colour)])));
        }

        return new FeatureSet
        {
            Source = folder,
            Count = images.Length,
            Fingerprint = "sha256:00",
            Features = new DenseFeatureMatrix([.. images.SelectMany(i => i.Colour).Select(c => (float)c)], images.Length, 3),
            Ids = [.. images.Select(i => i.Id)],
            Labels = [.. images.Select(i => i.Id.Split('/')[0])],
        };
    }
}
