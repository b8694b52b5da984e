using System.Globalization;
using QualityGate.Errors;
using QualityGate.Features.Extraction;
using QualityGate.Gates;
using QualityGate.Reports;

namespace QualityGate;

/// <summary>What it means for a run that time was limited, so that only random samples of its sets were measured.</summary>
internal static class SampledRun
{
    /// <summary>What a reader should know of a set, or null when all of it was measured.</summary>
    public static string? NoteOf(string role, ExtractionResult loaded, TimeSpan? budget) => loaded.Sample is not { } sample ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"Time budget of {TimeBudgetText.Write(budget ?? TimeSpan.Zero)}: {loaded.Set.Count} of {sample.Total} images of the {role} were measured, a random sample (seed {sample.Seed}).");

    /// <summary>A sample may show that all is well, but a breach may be its own: that is for a full run to say. A gate that only warns still does.</summary>
    public static IReadOnlyList<GateResult> Soften(RunResult measured, IReadOnlyList<GateResult> gates, TimeSpan? budget) =>
        !measured.IsSample ? gates : [.. gates.Select(gate => gate.Verdict switch
        {
            Verdict.Fail => gate with { Verdict = Verdict.Inconclusive, Message = gate.Message + Reason(measured, budget) },
            Verdict.Warn => gate with { Message = gate.Message + Reason(measured, budget) },
            _ => gate,
        })];

    /// <summary>Problems with the likely cause added.</summary>
    public static IReadOnlyList<Problem> Explain(RunResult measured, IReadOnlyList<Problem> problems, TimeSpan? budget) =>
        !measured.IsSample ? problems : [.. problems.Select(p => p with { Message = p.Message + Reason(measured, budget) })];

    private static string Reason(RunResult measured, TimeSpan? budget)
    {
        string sets = string.Join(" and ", new[] { Part("reference", measured.Reference), Part("candidate", measured.Candidate) }.OfType<string>());
        return $"; measured on a sample, {sets}, since the time budget is {TimeBudgetText.Write(budget ?? TimeSpan.Zero)}";
    }

    private static string? Part(string role, SetInfo set) => set.SampledFrom is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{set.Count} of {total} images of the {role}")
        : null;
}
