using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Tool.Commands;

/// <summary>Measures what a spec says and writes it down as accepted.</summary>
internal static class BaselineAcceptance
{
    /// <summary>Writes the baseline, wholly or not at all, and returns it.</summary>
    /// <param name="spec">What to measure.</param>
    /// <param name="options">How to run.</param>
    /// <param name="path">The baseline file.</param>
    /// <param name="previous">The baseline that it replaces, whose history goes on, or null.</param>
    /// <param name="cancellation">Stops between batches and tiles.</param>
    public static Baseline Accept(GateSpec spec, GateRunOptions options, string path, LoadedBaseline? previous, CancellationToken cancellation)
    {
        Measurement measured = new GateRun(options).Measure(MeasureRequest.From(spec), previous, cancellation);
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

        foreach (string note in measured.Notes)
        {
            options.Warn?.Invoke(PlainText.OneLine(note));
        }

        string? commit = GitCommit.TryRead(Path.GetDirectoryName(Path.GetFullPath(spec.File))!);
        Acceptance acceptance = new(options.Time, commit, options.Tool.Version);
        Baseline baseline = Baseline.Accept(measured.Values, measured.Reference.Set, measured.Candidate.Set, acceptance, previous?.Baseline, measured.Metrics.Classes);
        BaselineFile.Write(path, baseline, measured.Reference.Set);
        return baseline;
    }

    // Only what a gate will ask for: a class of three images need not keep others from being accepted.
    private static IEnumerable<Problem> ClassProblems(GateSpec spec, IReadOnlyList<MeasuredClass> classes)
    {
        HashSet<string> gated = [.. spec.Gates.Where(g => g.Scope != GateScope.Whole).Select(g => g.Metric)];
        return classes.SelectMany(c => c.Values.Where(v => v.Error is not null && gated.Contains(v.Name))
            .Select(v => new Problem(BaselineErrors.NothingToAccept, $"{v.Name} of class '{c.Name}' cannot be accepted: {v.Error}", null)));
    }
}
