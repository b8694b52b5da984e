using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate measure</c>: metrics without judging.</summary>
internal static class MeasureCommand
{
    private static readonly string[] DefaultMetrics = ["fid", "prdc"];

    private static readonly Option<string> Reference = new("--reference", "-r") { Required = true, Description = "The real images, or their features.", HelpName = "SET" };
    private static readonly Option<string> Candidate = new("--candidate", "-c") { Required = true, Description = "The images to measure, or their features.", HelpName = "SET" };
    private static readonly Option<string?> Extractor = ExtractorOption();
    private static readonly Option<string[]> Metric = new Option<string[]>("--metric", "-m")
    {
        Description = $"A metric or family; may be given several times. Default: {string.Join(" and ", DefaultMetrics)}.",
        HelpName = "NAME",
    }.CompletesWords(MetricWords.Families);

    private static readonly Option<string[]> Set = new Option<string[]>("--set")
    {
        Description = "A parameter, such as prdc.k=3; may be given several times.",
        HelpName = "METRIC.PARAMETER=VALUE",
    }.CompletesWords(MetricWords.Parameters);

    private static readonly Option<bool> SkipUnreadable = new("--skip-unreadable") { Description = "Leave out images that cannot be read, and list them." };

    public static Command Build()
    {
        Command command = new("measure", "Measure a candidate set against a reference set, without judging.")
        {
            Reference, Candidate, Extractor, Metric, Set, SkipUnreadable,
        };
        LabelSettings.AddTo(command);
        MaskingSettings.AddTo(command);
        RunSettings run = RunSettings.AddTo(command);
        ReportSettings report = ReportSettings.AddTo(command);
        StudySettings study = StudySettings.AddTo(command);
        PerImageSettings perImage = PerImageSettings.AddTo(command);
        command.SetLongAction((parsed, cancellation) => Run(parsed, run.Bind(parsed) with { WithEvidence = report.WantsEvidence(parsed) }, report, study, perImage, cancellation));
        return command
            .WithExitCodes((ExitCodes.Pass, "every metric has a value"), (ExitCodes.CannotJudge, "one has none, or the sets could not be read"))
            .WithExamples(
                ("qualitygate measure -r data/real -c out/samples -e random-vgg16", "FID, precision, recall, density and coverage"),
                ("qualitygate measure -r real.npz -c generated.npz -m kid -m rarity --set rarity.k=1..10", "Other metrics, of features already made"),
                ("qualitygate measure -r data/real -c out/samples -e model.onnx --per-image images.csv", "Also what is wrong with which image"),
                ("qualitygate measure -r data/real -c out/samples -e random-vgg16 --sample-size-study", "How many images does each metric need?"));
    }

    /// <summary>The option that names an extractor.</summary>
    public static Option<string?> ExtractorOption() => new Option<string?>("--extractor", "-e")
    {
        Description = $"{string.Join(", ", BuiltInExtractors.Names)} (built in), a model of `models list`, a .onnx with a recipe beside it, or a .extractor.yaml.",
        HelpName = "EXTRACTOR",
    }.CompletesWords(() => [.. BuiltInExtractors.Names, .. StoredExtractor.Names(StorePlaces.OfUser())]).CompletesFiles(".extractor.yaml", ".onnx");

    private static int Run(
        ParseResult parsed, GateRunOptions options, ReportSettings report, StudySettings study, PerImageSettings perImage, CancellationToken cancellation)
    {
        MeasureRequest request = new()
        {
            Reference = parsed.GetRequiredValue(Reference),
            Candidate = parsed.GetRequiredValue(Candidate),
            Extractor = parsed.GetValue(Extractor) is { } name ? ExtractorSource.Resolve(name, Directory.GetCurrentDirectory()) : null,
            Families = Families(parsed.GetValue(Metric) is { Length: > 0 } named ? named : DefaultMetrics),
            Parameters = [.. (parsed.GetValue(Set) ?? []).Select(Parameter)],
            OnUnreadable = parsed.GetValue(SkipUnreadable) ? OnUnreadable.Skip : OnUnreadable.Error,
            ReferenceLabels = LabelSettings.Reference(parsed),
            CandidateLabels = LabelSettings.Candidate(parsed),
            Masks = MaskingSettings.Bind(parsed),
            SampleSizes = study.SampleSizes(parsed),
            Study = study.Bind(parsed, options),
            PerImage = perImage.IsWanted(parsed),
        };
        request = request with { Background = Audit(request) };
        GateRun run = new(options);
        Measurement measured = run.Measure(request, null, cancellation);
        study.Save(parsed, measured.Study);
        perImage.Save(parsed, measured.PerImage);
        RunResult result = run.WithEvidence(run.Describe(measured), request, measured, cancellation);
        report.Write(parsed, result);
        Problem[] problems =
        [
            .. result.Metrics.Where(m => m.Value.Error is not null)
                .Select(m => new Problem(DataErrors.MetricUnavailable, $"{m.Value.Name}: {m.Value.Error}", null)).DistinctBy(p => p.Message),
        ];
        if (problems.Length > 0)
        {
            Outcome.Write(UserErrorException.ForProblems(problems), Console.Error);
            return ExitCodes.CannotJudge;
        }

        return ExitCodes.Pass;
    }

    // Of the reference, with the defaults of a spec's `background:`; without masks, labels or an extractor the metrics say what they lack.
    private static BackgroundRequest? Audit(MeasureRequest request) =>
        request is { ReferenceLabels: { } labels, Masks: { Reference: not null } masks, Extractor: { } extractor } && request.Families.Any(f => f.Name == "background")
            ? new BackgroundRequest { Images = request.Reference, Labels = labels, Masks = masks, Extractors = [extractor], OnUnreadable = request.OnUnreadable }
            : null;

    private static IReadOnlyList<IMetricFamily> Families(string[] names) => MetricRegistry.Distinct(
        names.Select(name => MetricRegistry.Find(name) ?? throw new UserErrorException(
            DataErrors.UnknownMetric,
            $"there is no metric `{name}`{NearestName.Suggest(name, [.. MetricRegistry.Catalogue.MetricNames, .. MetricRegistry.Catalogue.FamilyNames])}")));

    private static MetricParameter Parameter(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal), equals = text.IndexOf('=', StringComparison.Ordinal);
        if (dot <= 0 || equals < dot + 2)
        {
            throw new UserErrorException(DataErrors.UnknownParameter, $"--set is `{text}`, expected METRIC.PARAMETER=VALUE such as prdc.k=3.");
        }

        string family = text[..dot];
        IMetricFamily known = MetricRegistry.Find(family) ?? throw new UserErrorException(
            DataErrors.UnknownMetric, $"--set names the unknown metric `{family}`{NearestName.Suggest(family, MetricRegistry.Catalogue.FamilyNames)}");
        return new MetricParameter(known.Name, text[(dot + 1)..equals], text[(equals + 1)..], null);
    }
}
