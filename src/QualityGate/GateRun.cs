using System.Diagnostics;
using QualityGate.Anomaly;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features.Extraction;
using QualityGate.Features.Labels;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;
using QualityGate.Reports;
using QualityGate.Reports.Html;
using QualityGate.Specs;
using QualityGate.Studies;

namespace QualityGate;

/// <summary>A run of the gate: spec, features, metrics, verdicts, result.</summary>
public sealed class GateRun(GateRunOptions options)
{
    /// <summary>Measures and judges what the spec says.</summary>
    /// <returns>The judged result; or, when numbers were measured that cannot be judged, a result without verdict and with <see cref="RunResult.Problems"/>.</returns>
    /// <exception cref="UserErrorException">It cannot be measured.</exception>
    public RunResult Check(GateSpec spec, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string? path = options.Baselines.Given ?? spec.Baseline?.Value;
        BaselineFinding? found = path is null ? null : BaselineLookup.Find(path, BaselineLock.PathFor(spec.File), options.Baselines);
        LoadedBaseline? baseline = found?.Loaded;
        RequireBaseline(spec, found);
        MeasureRequest request = MeasureRequest.From(spec);
        Measurement measured = Measure(request, baseline, cancellation);
        Dictionary<string, double>? accepted = null;
        if (baseline is not null)
        {
            BaselineCompatibility.Check(
                baseline.Baseline, measured.Extractor?.Name, measured.Extractor?.Fingerprint, ClassComparison.AllValues(measured.Metrics),
                measured.Reference.Sample is null ? measured.Reference.Set : null);
            if (measured.Reference.Sample is null && spec.Gates.Any(g => g.Scope != GateScope.Whole && GateRules.IsChange(g.Rule)))
            {
                BaselineCompatibility.CheckClasses(baseline.Baseline, measured.Metrics.Classes);
            }

            accepted = baseline.Baseline.Metrics.ToDictionary(m => m.Name, m => m.Value);
        }

        ImageOverlap? overlap = ImageOverlap.Of(baseline?.Images, measured.Reference.Set, measured.Candidate.Set);
        RunResult unjudged = Describe(measured, spec.File, Describe(found), accepted, overlap) with
        {
            BaselineLookup = found?.Lookup ?? [],
            History = [.. (baseline?.Baseline.History ?? []).TakeLast(ShownHistory)],
            Notes = [.. measured.Notes, .. BaselineRemarks.Of(found, measured), .. BaselineRemarks.AcceptedOnBranch(spec, found, options.Baselines.MergeBase)],
            Classes = ClassComparison.ReportsOf(measured.Metrics.Classes, baseline?.Baseline),
        };
        bool isFirstRun = found is not null && baseline is null;
        RunResult judged = Judge(spec, unjudged, accepted, ClassComparison.ValuesOf(measured.Metrics.Classes, baseline?.Baseline), NoiseOf(measured, baseline, overlap), isFirstRun);
        judged = WithEvidence(judged, request, measured, baseline?.Baseline.History ?? [], cancellation);
        return isFirstRun ? AfterFirstRun(spec, found!, measured, judged) : judged;
    }

    /// <summary>Measures without judging.</summary>
    public RunResult Measure(MeasureRequest request, CancellationToken cancellation)
    {
        Measurement measured = Measure(request, null, cancellation);
        return WithEvidence(Describe(measured), request, measured, cancellation);
    }

    /// <summary>The result with what a page shows beside the numbers, if the options ask for it.</summary>
    public RunResult WithEvidence(RunResult result, MeasureRequest request, Measurement measured, CancellationToken cancellation) =>
        WithEvidence(result, request, measured, [], cancellation);

    /// <summary>What metrics would be without the candidate images that are most to blame for each.</summary>
    /// <param name="request">What was measured.</param>
    /// <param name="measured">The measurement.</param>
    /// <param name="metrics">Names of metrics.</param>
    /// <param name="share">Share of the candidate to leave out, in (0, 1).</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public IReadOnlyList<WhatIf> WhatIf(MeasureRequest request, Measurement measured, IReadOnlyList<string> metrics, double share, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(measured);
        using MatrixEngine engine = new(device: options.Device ?? request.Device);
        MetricInputs inputs = new(measured.Reference.Set, measured.Candidate.Set, engine);
        return [.. measured.Values.Where(value => metrics.Contains(value.Name)).Select(value => Metrics.WhatIf.Drop(value, inputs, request.Parameters, share, cancellation)).OfType<WhatIf>()];
    }

    /// <summary>The result that shows a measurement, without judging.</summary>
    public RunResult Describe(Measurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return Describe(measured, null, null, null) with { Classes = ClassComparison.ReportsOf(measured.Metrics.Classes, null) };
    }

    /// <summary>Measures, and gives the sets too.</summary>
    /// <param name="request">What to measure.</param>
    /// <param name="baseline">Stands in for the reference when its images are not there.</param>
    /// <param name="cancellation">Stops between batches and tiles.</param>
    public Measurement Measure(MeasureRequest request, LoadedBaseline? baseline, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<KeyValuePair<string, double>> timings = [];
        List<string> notes = [];
        SampleSizes? sizes = request.SampleSizes is { } file ? SampleSizesFile.Read(file.Value, file.Location) : null;
        foreach (Located<string> labels in new[] { request.ReferenceLabels, request.CandidateLabels }.OfType<Located<string>>())
        {
            LabelReader.RequireThere(labels);
        }

        using FeatureSource source = new(request.Extractor, options, request.OnUnreadable, request.Device) { Masks = request.Masks };
        ExtractionResult reference = Timed("reference", timings, () => RunSets.LoadReference(source, request, baseline, notes, cancellation));
        ExtractionResult candidate = Timed("candidate", timings, () => source.Load(request.Candidate, "candidate", request.CandidateLocation, cancellation));
        reference = RunSets.Named(reference, request.ReferenceName);
        candidate = RunSets.Named(candidate, request.CandidateName);
        RunSets.RequireOneExtractor(reference.Set, candidate.Set, request);
        notes.AddRange(new[] { SampledRun.NoteOf("reference", reference, options.Budget), SampledRun.NoteOf("candidate", candidate, options.Budget) }.OfType<string>());
        notes.AddRange([.. reference.Masks?.Notes("reference") ?? [], .. candidate.Masks?.Notes("candidate") ?? []]);
        RunSets.NoteUnreadable("reference", reference, notes);
        RunSets.NoteUnreadable("candidate", candidate, notes);
        reference = RunSets.Labelled(reference, request.ReferenceLabels, "reference", notes);
        candidate = RunSets.Labelled(candidate, request.CandidateLabels, "candidate", notes);
        using MatrixEngine engine = new(device: source.Device);
        List<EvidenceTriplet> triplets = [];
        AnomalyMeasurement? anomaly = request.Anomaly is { } anomalySpec ? Timed("anomaly", timings, () => Anomalies(anomalySpec, request, source.Device, triplets, cancellation)) : null;
        BackgroundAudited? background = request.Background is { } audit ? Timed("background", timings, () => BackgroundAudited.Of(audit, options, cancellation)) : null;
        MetricInputs inputs = new(reference.Set, candidate.Set, engine) { Anomaly = anomaly is null ? null : AnomalyNumbers.Of(anomaly.Report), Background = background?.Numbers, Confidence = request.Confidence };
        if (request.PerImage || options.WithEvidence)
        {
            PerImageMetrics.Ask(inputs, request.Parameters);
        }

        MeasuredMetrics metrics = Timed("metrics", timings, () => MetricRegistry.Compute(request.Families, request.Parameters, inputs, cancellation));
        metrics = anomaly is null ? metrics : AnomalyNumbers.Complete(metrics, anomaly, options.AnomalyFolder);
        metrics = background is null ? metrics : background.Complete(metrics, options.BackgroundFolder);
        metrics = request.Masked.Count == 0 ? metrics : metrics.With(Timed("masked metrics", timings, () => MaskedMetrics.Compute(source, request, engine, cancellation)));
        metrics = Classified(metrics, request, inputs, timings, cancellation);
        metrics = WithUncovered(metrics, request, inputs, cancellation);
        PerImageScores? perImage = request.PerImage || options.WithEvidence ? Timed("per image", timings, () => Scores(request, inputs, notes, cancellation)) : null;
        StudyResult? study = request.Study is { } asked ? Timed("sample sizes", timings, () => Study(request, asked, inputs, metrics, cancellation)) : null;
        if (sizes is not null)
        {
            notes.AddRange(SampleSizeNotes.Of(sizes, Path.GetFileName(request.SampleSizes!.Value.Value), metrics.Values, reference.Set, candidate.Set));
        }

        ExtractorInfo? extractor = Measurement.ExtractorOf(candidate.Set) ?? Measurement.ExtractorOf(reference.Set);
        metrics = study is null ? metrics : metrics.With(new MeasuredMetrics([], study.Tables, study.Notes));
        return new Measurement(reference, candidate, extractor, metrics, [.. notes, .. metrics.Notes], timings) { Study = study, PerImage = perImage, AnomalyPictures = triplets };
    }

    // A page does without scores where a table that was asked for cannot.
    private static PerImageScores? Scores(MeasureRequest request, MetricInputs inputs, List<string> notes, CancellationToken cancellation)
    {
        try
        {
            return PerImageMetrics.Compute(inputs, request.Parameters, cancellation);
        }
        catch (UserErrorException error) when (!request.PerImage)
        {
            notes.Add($"For the report, {error.Message}");
            return null;
        }
    }

    private RunResult WithEvidence(
        RunResult result, MeasureRequest request, Measurement measured, IReadOnlyList<BaselineHistoryEntry> history, CancellationToken cancellation)
    {
        if (!options.WithEvidence)
        {
            return result;
        }

        long started = Stopwatch.GetTimestamp();
        ReportEvidence evidence = EvidenceRun.Of(request, measured, result.Gates, history, options.Workers, cancellation);
        return result with { Evidence = evidence, Timings = [.. result.Timings, KeyValuePair.Create("evidence", Stopwatch.GetElapsedTime(started).TotalSeconds)] };
    }

    private AnomalyMeasurement Anomalies(AnomalySpec spec, MeasureRequest request, ComputeDevice device, List<EvidenceTriplet> triplets, CancellationToken cancellation)
    {
        using AnomalyRun run = new(spec, options, request.OnUnreadable, device);
        AnomalyMeasurement measured = run.Measure(request, cancellation);
        if (options.AnomalyFolder is { } folder)
        {
            AnomalyFolder.Write(folder, measured);
        }

        // Now, since the generator is gone once the search is.
        if (options.WithEvidence)
        {
            triplets.AddRange(EvidenceTriplets.Of(measured));
        }

        return measured;
    }

    // Older acceptances stay in the baseline.
    private const int ShownHistory = 20;

    private static void RequireBaseline(GateSpec spec, BaselineFinding? found)
    {
        if (found is { Loaded: null } && spec.OnMissingBaseline == OnMissingBaseline.Error)
        {
            throw new UserErrorException(
                BaselineErrors.Missing, $"There is no baseline. Looked at: {string.Join("; ", found.Lookup)}.", spec.Baseline?.Location);
        }
    }

    private RunResult AfterFirstRun(GateSpec spec, BaselineFinding found, Measurement measured, RunResult judged)
    {
        if (judged.Problems.Count > 0)
        {
            return judged;
        }

        const string first = "There is no baseline yet: limits on changes were not judged";
        if (spec.OnMissingBaseline != OnMissingBaseline.Create)
        {
            return judged with { Notes = [.. judged.Notes, $"{first} (on_missing_baseline: absolute-only)."] };
        }

        if (judged.Verdict == Verdict.Fail)
        {
            return judged with { Notes = [.. judged.Notes, $"{first}, and as a gate failed, today's numbers were not accepted (on_missing_baseline: create)."] };
        }

        if (judged.IsSample)
        {
            return judged with { Notes = [.. judged.Notes, $"{first}, and as only a sample was measured, today's numbers were not accepted (on_missing_baseline: create)."] };
        }

        BaselineAcceptance.Write(spec, measured, options, options.Baselines.Given ?? spec.Baseline!.Value.Value, null);
        return judged with { Notes = [.. judged.Notes, $"{first}; today's numbers were accepted and written to {found.Path} (on_missing_baseline: create)."] };
    }

    private static MeasuredMetrics Classified(
        MeasuredMetrics metrics, MeasureRequest request, MetricInputs inputs, List<KeyValuePair<string, double>> timings, CancellationToken cancellation) =>
        inputs.Reference.Labels is null || inputs.Candidate.Labels is null
            ? metrics
            : metrics with { Classes = Timed("classes", timings, () => ClassMetrics.Compute(request.Families, request.Parameters, inputs, cancellation)) };

    private static MeasuredMetrics WithUncovered(MeasuredMetrics metrics, MeasureRequest request, MetricInputs inputs, CancellationToken cancellation) =>
        metrics.Values.Any(value => value is { Name: "coverage", Value: not null })
            ? metrics with { Uncovered = UncoveredModes.Of(inputs, request.Parameters, cancellation) }
            : metrics;

    private static StudyResult Study(
        MeasureRequest request, StudyOptions asked, MetricInputs inputs, MeasuredMetrics metrics, CancellationToken cancellation) =>
        new SampleSizeStudy(request.Families, request.Parameters, asked).Run(inputs, metrics.Values, cancellation);

    private RunResult Judge(
        GateSpec spec, RunResult unjudged, Dictionary<string, double>? accepted, IReadOnlyList<ClassValues> classes, Dictionary<string, ChangeNoise> noise, bool isFirstRun)
    {
        try
        {
            IReadOnlyList<GateResult> gates = SampledRun.Soften(
                unjudged, GateJudge.Judge(spec.Gates, unjudged.Metrics.ToDictionary(m => m.Value.Name, m => m.Value), accepted, classes, isFirstRun, noise, spec.Confidence), options.Budget);
            gates = GateWaiver.Apply(gates, spec.Waivers, DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime), spec.OnInconclusive);
            return unjudged with
            {
                Gates = gates,
                Verdict = GateJudge.Overall(gates, spec.OnInconclusive),
                Notes = [.. unjudged.Notes, .. GateWaiver.Idle(gates, spec.Waivers)],
            };
        }
        catch (UserErrorException error)
        {
            // The numbers that were measured are worth keeping though they cannot be judged.
            return unjudged with { Problems = SampledRun.Explain(unjudged, error.Problems, options.Budget) };
        }
    }

    private static Dictionary<string, ChangeNoise> NoiseOf(Measurement measured, LoadedBaseline? baseline, ImageOverlap? overlap)
    {
        return measured.Values
            .Select(v => (v.Name, Noise: baseline?.Baseline.Find(v.Name) is { } accepted ? ChangeNoise.Of(v, accepted, measured.Candidate.Set.Count, overlap, sharesReference: measured.Reference.Sample is null) : null))
            .Where(v => v.Noise is not null)
            .ToDictionary(v => v.Name, v => v.Noise!, StringComparer.Ordinal);
    }

    private RunResult Describe(Measurement measured, string? specFile, BaselineInfo? baseline, Dictionary<string, double>? accepted, ImageOverlap? overlap = null) => new()
    {
        SpecFile = specFile,
        Tool = options.Tool,
        Verdict = Verdict.None,
        Reference = Measurement.Describe(measured.Reference),
        Candidate = Measurement.Describe(measured.Candidate),
        Extractor = measured.Extractor,
        Baseline = baseline,
        Metrics = [.. measured.Values.Select(v => new MetricReport(v, accepted is not null && accepted.TryGetValue(v.Name, out double value) ? value : null))],
        Gates = [],
        Tables = measured.Metrics.Tables,
        Blame = Blame.Of(measured.Values, measured.Reference.Set, measured.Candidate.Set, overlap is null ? null : row => overlap.Candidate[row] < 0),
        Uncovered = measured.Metrics.Uncovered,
        Notes = measured.Notes,
        Timings = measured.Timings,
    };

    private BaselineInfo? Describe(BaselineFinding? found)
    {
        if (found?.Loaded?.Baseline.Provenance is not { } from)
        {
            return null;
        }

        int age = (int)Math.Max(0, (options.Time.GetUtcNow() - from.Created).TotalDays);
        return new BaselineInfo(found.Path, from.Created, from.Commit, from.CandidateCount, found.Source, found.Features, age);
    }

    private static T Timed<T>(string stage, List<KeyValuePair<string, double>> timings, Func<T> work)
    {
        long started = Stopwatch.GetTimestamp();
        T result = work();
        timings.Add(KeyValuePair.Create(stage, Stopwatch.GetElapsedTime(started).TotalSeconds));
        return result;
    }
}
