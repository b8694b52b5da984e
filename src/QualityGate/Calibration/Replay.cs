using System.Globalization;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>What past runs would have been under a spec. Written as <c>qualitygate.replay/1</c>.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="SpecFile">The spec's path as given.</param>
/// <param name="Runs">The runs, in order.</param>
/// <param name="Skipped">Files of folders that hold no result, and why.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record ReplayResult(ToolInfo Tool, string SpecFile, IReadOnlyList<ReplayedRun> Runs, IReadOnlyList<string> Skipped, IReadOnlyList<string> Notes)
{
    /// <summary>The replay in one line.</summary>
    public string Summary
    {
        get
        {
            int now = Runs.Count(r => r.Now == Verdict.Fail), then = Runs.Count(r => r.Then == Verdict.Fail), open = Runs.Count(r => r.Now == Verdict.Inconclusive);
            int unmeasured = Runs.Count(r => r.Gates.Any(g => g.Now is null && !g.IsGone));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"under this spec {now} of {Runs.Count} past {(Runs.Count == 1 ? "run" : "runs")} would have failed ({then} did){(open == 0 ? "" : $", {open} inconclusive")}{(unmeasured == 0 ? "" : $", {unmeasured} not fully measured")}");
        }
    }
}

/// <summary>A past run, judged again.</summary>
/// <param name="Name">The file, or the acceptance.</param>
/// <param name="Then">The verdict then; none for an acceptance or a measurement.</param>
/// <param name="Now">The verdict of those gates that can be judged; none when none can.</param>
/// <param name="Gates">Every gate of the spec, and those of then that the spec has no more.</param>
public sealed record ReplayedRun(string Name, Verdict Then, Verdict Now, IReadOnlyList<ReplayedGate> Gates)
{
    /// <summary>The gates whose verdict is another now, or that were not there, or are not any more.</summary>
    public IEnumerable<ReplayedGate> Differing => Gates.Where(g => g.Then != g.Now);
}

/// <summary>A gate then and now.</summary>
/// <param name="Limit">The limit as the spec has it, or as it was then when the spec has it no more.</param>
/// <param name="Class">The class, or null.</param>
/// <param name="Then">Its verdict then, or null when it was not there.</param>
/// <param name="Now">Its verdict now, or null when it cannot be judged or is not there any more.</param>
/// <param name="Reason">Why it cannot be judged, or what was found.</param>
public sealed record ReplayedGate(GateLimit Limit, string? Class, Verdict? Then, Verdict? Now, string Reason)
{
    /// <summary>Whether the spec has it no more.</summary>
    public bool IsGone { get; init; }
}

/// <summary>Judges past runs by a spec, with the numbers and errors that they left.</summary>
/// <param name="spec">The spec.</param>
public sealed class Replay(GateSpec spec)
{
    private const string Gone = "the spec has this gate no more";

    /// <summary>Judges runs that wrote results.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="past">The results, in order.</param>
    /// <exception cref="UserErrorException">QG2010: the spec has no gates.</exception>
    internal ReplayResult Of(ToolInfo tool, PastRuns past)
    {
        if (spec.Gates.Count == 0)
        {
            throw new UserErrorException(GateErrors.NothingToJudge, "there are no gates, so there is nothing to judge");
        }

        return new ReplayResult(tool, spec.File, [.. past.Runs.Select(Of)], past.Skipped, [.. NotesOf(past.Runs)]);
    }

    private static IEnumerable<string> NotesOf(IReadOnlyList<PastRun> runs)
    {
        int extractors = runs.Select(r => r.Extractor).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        if (extractors > 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The runs were made with {extractors} different extractors; their numbers do not compare.");
        }
    }

    private ReplayedRun Of(PastRun run)
    {
        List<GateResult> judged = [];
        List<ReplayedGate> gates = [];
        HashSet<GateResult> met = new(ReferenceEqualityComparer.Instance);
        foreach (GateLimit limit in spec.Gates)
        {
            gates.AddRange(Judge(run, limit, judged, met));
        }

        gates.AddRange(run.Gates.Where(g => !met.Contains(g)).Select(g => new ReplayedGate(g.Limit, g.Class, g.Verdict, null, Gone) { IsGone = true }));
        return new ReplayedRun(run.Name, run.Then, GateJudge.Overall(judged, spec.OnInconclusive), gates);
    }

    private IEnumerable<ReplayedGate> Judge(PastRun run, GateLimit limit, List<GateResult> judged, HashSet<GateResult> met)
    {
        try
        {
            IReadOnlyList<GateResult> results = GateJudge.Judge([limit], run.Now, run.Accepted, run.Classes, run.Accepted is null, run.Noise, spec.Confidence);
            GateResult[] weighed = [.. results.Select(r => run.IsSample && r.Verdict == Verdict.Fail ? r with { Verdict = Verdict.Inconclusive } : r)];
            judged.AddRange(weighed);
            return [.. weighed.Select(r => new ReplayedGate(limit, r.Class, Find(run, r, met)?.Verdict, r.Verdict, r.Message))];
        }
        catch (UserErrorException error)
        {
            GateResult? then = run.Gates.FirstOrDefault(g => g.Limit.Metric == limit.Metric && g.Limit.Rule == limit.Rule && g.Limit.Scope == limit.Scope && met.Add(g));
            string reason = error.Code == GateErrors.NotMeasured ? "not measured" : error.Problems[0].Message;
            return [new ReplayedGate(limit, null, then?.Verdict, null, reason)];
        }
    }

    // The worst class of then may be another one.
    private static GateResult? Find(PastRun run, GateResult now, HashSet<GateResult> met)
    {
        GateResult? then = run.Gates.FirstOrDefault(g => !met.Contains(g) && g.Limit.Metric == now.Limit.Metric && g.Limit.Rule == now.Limit.Rule && g.Limit.Scope == now.Limit.Scope
            && (now.Limit.Scope != GateScope.EachClass || g.Class == now.Class));
        if (then is not null)
        {
            met.Add(then);
        }

        return then;
    }
}
