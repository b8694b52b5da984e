using QualityGate.Baselines;
using QualityGate.Errors;
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
    public static Baseline Accept(GateSpec spec, GateRunOptions options, string path, LoadedBaseline? previous, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);

        // What is accepted is measured whole.
        Measurement measured = new GateRun(options with { Budget = null }).Measure(MeasureRequest.From(spec), previous, cancellation);
        foreach (string note in measured.Notes)
        {
            options.Warn?.Invoke(PlainText.OneLine(note));
        }

        return Write(spec, measured, options, path, previous);
    }

    /// <summary>Writes the baseline, wholly or not at all, and then its lock.</summary>
    /// <param name="spec">What was measured.</param>
    /// <param name="measured">The numbers.</param>
    /// <param name="options">Clock and version.</param>
    /// <param name="path">The baseline file.</param>
    /// <param name="previous">The baseline that it replaces, whose history goes on, or null.</param>
    /// <exception cref="UserErrorException">QG3008: a metric has no value; QG3009: it cannot be written.</exception>
    public static Baseline Write(GateSpec spec, Measurement measured, GateRunOptions options, string path, LoadedBaseline? previous)
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

        string? commit = GitCommit.TryRead(Path.GetDirectoryName(Path.GetFullPath(spec.File))!);
        Acceptance acceptance = new(options.Time, commit, options.Tool.Version);
        Baseline baseline = Baseline.Accept(measured.Values, measured.Reference.Set, measured.Candidate.Set, acceptance, previous?.Baseline, measured.Metrics.Classes);
        BaselineFile.Write(path, baseline, measured.Reference.Set, AcceptedImages.Of(measured.Values, measured.Reference.Set, measured.Candidate.Set));
        LockFile.Write(BaselineLock.PathFor(spec.File), baseline, path);
        Store(options.Baselines, path);
        return baseline;
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
