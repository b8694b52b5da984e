using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>Measures what a spec says and writes it down as accepted.</summary>
public static class BaselineAcceptance
{
    /// <summary>Measures, and writes the baseline and its lock.</summary>
    /// <param name="spec">What to measure.</param>
    /// <param name="options">How to run.</param>
    /// <param name="path">The baseline file.</param>
    /// <param name="previous">The baseline that it replaces, whose history goes on, or null.</param>
    /// <param name="cancellation">Stops between batches and tiles.</param>
    /// <param name="reason">Why, for those who read it later; or null.</param>
    public static Baseline Accept(GateSpec spec, GateRunOptions options, string path, LoadedBaseline? previous, CancellationToken cancellation, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        return Write(spec, MeasureWhole(spec, options, previous, cancellation), options, path, previous, reason);
    }

    /// <summary>Measures as for an acceptance, and writes the result beside the baseline, for somebody to look at and promote.</summary>
    /// <param name="spec">What to measure.</param>
    /// <param name="options">How to run.</param>
    /// <param name="path">The proposal's file.</param>
    /// <param name="present">The present baseline, or null.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="cancellation">Stops between batches and tiles.</param>
    /// <exception cref="UserErrorException">QG3008: a metric has no value; QG3009: it cannot be written.</exception>
    public static Baseline Propose(GateSpec spec, GateRunOptions options, string path, LoadedBaseline? present, string? reason, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        Measurement measured = MeasureWhole(spec, options, present, cancellation);
        Baseline baseline = Describe(spec, measured, options, null, reason);
        BaselineFile.Write(path, baseline, measured.Reference.Set, AcceptedImages.Of(measured.Values, measured.Reference.Set, measured.Candidate.Set));
        return baseline;
    }

    /// <summary>Makes a proposal the baseline: its numbers and features with the present one's history, and the lock.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="options">Where else baselines are kept.</param>
    /// <param name="proposal">The proposal's file; it is gone afterwards.</param>
    /// <param name="path">The baseline file.</param>
    /// <param name="present">The present baseline, or null.</param>
    /// <exception cref="UserErrorException">QG3002: it is damaged; QG3009: it cannot be written.</exception>
    public static Baseline Promote(GateSpec spec, GateRunOptions options, string proposal, string path, LoadedBaseline? present)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(options);
        LoadedBaseline loaded = LoadedBaseline.Read(proposal);
        Baseline baseline = loaded.Baseline with
        {
            History = [.. (present?.Baseline.History ?? []).TakeLast(Baseline.MaximumHistory - 1), .. loaded.Baseline.History.TakeLast(1)],
        };
        Save(spec, options, path, baseline, loaded.Reference!, loaded.Images);
        File.Delete(proposal);
        return baseline;
    }

    /// <summary>Writes the present baseline with the numbers of an earlier acceptance.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="options">Clock and version.</param>
    /// <param name="path">The baseline file.</param>
    /// <param name="present">The present baseline, with its features.</param>
    /// <param name="entry">The acceptance to go back to.</param>
    /// <param name="reason">Why, or null.</param>
    /// <returns>The baseline, and the metrics that the entry does not have.</returns>
    public static (Baseline Baseline, IReadOnlyList<string> LeftOut) RollBack(
        GateSpec spec, GateRunOptions options, string path, LoadedBaseline present, BaselineHistoryEntry entry, string? reason)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(present);
        if (present.Reference is not { } reference)
        {
            throw new UserErrorException(BaselineErrors.FeaturesGone, $"Of the baseline {path} only the numbers are here, and its file is needed to write it again.");
        }

        (Baseline restored, IReadOnlyList<string> leftOut) = BaselineHistory.Restore(present.Baseline, entry, AcceptanceOf(spec, options, reason));
        Save(spec, options, path, restored, reference, null);
        return (restored, leftOut);
    }

    // What is accepted is measured whole.
    private static Measurement MeasureWhole(GateSpec spec, GateRunOptions options, LoadedBaseline? previous, CancellationToken cancellation)
    {
        Measurement measured = new GateRun(options with { Budget = null }).Measure(MeasureRequest.From(spec), previous, cancellation);
        foreach (string note in measured.Notes)
        {
            options.Warn?.Invoke(PlainText.OneLine(note));
        }

        return measured;
    }

    /// <summary>Writes the baseline, wholly or not at all, and then its lock.</summary>
    /// <param name="spec">What was measured.</param>
    /// <param name="measured">The numbers.</param>
    /// <param name="options">Clock and version.</param>
    /// <param name="path">The baseline file.</param>
    /// <param name="previous">The baseline that it replaces, whose history goes on, or null.</param>
    /// <param name="reason">Why, or null.</param>
    /// <exception cref="UserErrorException">QG3008: a metric has no value; QG3009: it cannot be written.</exception>
    public static Baseline Write(GateSpec spec, Measurement measured, GateRunOptions options, string path, LoadedBaseline? previous, string? reason = null)
    {
        Baseline baseline = Describe(spec, measured, options, previous, reason);
        Save(spec, options, path, baseline, measured.Reference.Set, AcceptedImages.Of(measured.Values, measured.Reference.Set, measured.Candidate.Set));
        return baseline;
    }

    private static Baseline Describe(GateSpec spec, Measurement measured, GateRunOptions options, LoadedBaseline? previous, string? reason)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(options);
        Problem[] problems =
        [
            .. measured.Values.Where(v => v.Error is not null)
                .Select(v => new Problem(BaselineErrors.NothingToAccept, $"{v.Name} cannot be accepted: {v.Error}", null)),
            .. ClassProblems(spec, measured.Metrics.Classes),
        ];
        if (problems.Length > 0)
        {
            // A baseline that lacks a metric would let its gates go unjudged later; better to hear of it now.
            throw UserErrorException.ForProblems(problems);
        }

        return Baseline.Accept(
            measured.Values, measured.Reference.Set, measured.Candidate.Set, AcceptanceOf(spec, options, reason), previous?.Baseline, measured.Metrics.Classes);
    }

    private static Acceptance AcceptanceOf(GateSpec spec, GateRunOptions options, string? reason) =>
        new(options.Time, GitCommit.TryRead(Path.GetDirectoryName(Path.GetFullPath(spec.File))!), options.Tool.Version) { Reason = reason };

    private static void Save(GateSpec spec, GateRunOptions options, string path, Baseline baseline, FeatureSet reference, AcceptedImages? images)
    {
        BaselineFile.Write(path, baseline, reference, images);
        LockFile.Write(BaselineLock.PathFor(spec.File), baseline, path);
        Store(options.Baselines, path);
    }

    // A store serves several branches; each has its own copy.
    private static void Store(BaselinePlaces places, string path)
    {
        if (places is { Store: { } store, Branch: { } branch })
        {
            using AtomicFile copy = new(BaselinePlaces.InStore(store, branch, path));
            using FileStream written = File.OpenRead(path);
            written.CopyTo(copy.Stream);
            copy.Commit(flushToDisk: true);
        }
    }

    // Only what a gate will ask for: a class of three images need not keep others from being accepted.
    private static IEnumerable<Problem> ClassProblems(GateSpec spec, IReadOnlyList<MeasuredClass> classes)
    {
        HashSet<string> gated = [.. spec.Gates.Where(g => g.Scope != GateScope.Whole).Select(g => g.Metric)];
        return classes.SelectMany(c => c.Values.Where(v => v.Error is not null && gated.Contains(v.Name))
            .Select(v => new Problem(BaselineErrors.NothingToAccept, $"{v.Name} of class '{c.Name}' cannot be accepted: {v.Error}", null)));
    }
}
