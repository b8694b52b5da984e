using System.Globalization;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>The run in one line, the same in every report that people read.</summary>
internal static class VerdictLine
{
    public static string Write(RunResult result) => result.IsSample ? Judged(result) + " (measured on a sample)" : Judged(result);

    private static string Judged(RunResult result)
    {
        int gates = result.Gates.Count;
        int failed = Count(result, Verdict.Fail);
        int warned = Count(result, Verdict.Warn);
        int unclear = Count(result, Verdict.Inconclusive);
        string ofGates = string.Create(CultureInfo.InvariantCulture, $"of {gates} {(gates == 1 ? "gate" : "gates")}");
        return result.Verdict switch
        {
            Verdict.Fail when failed == 0 => Invariant($"FAIL: {unclear} {ofGates} inconclusive, which this spec counts as a failure"),
            Verdict.Fail => Invariant($"FAIL: {failed} {ofGates} breached") + Also(warned, "warned") + Also(unclear, "inconclusive"),
            Verdict.Inconclusive => Invariant($"INCONCLUSIVE: {unclear} {ofGates} undecided") + Also(warned, "warned"),
            Verdict.Warn => Invariant($"WARN: {warned} {ofGates} breached at level warn") + Also(unclear, "inconclusive"),
            Verdict.Pass => Invariant($"PASS: {gates} {(gates == 1 ? "gate" : "gates")}") + Also(unclear, "inconclusive"),
            _ when result.Problems.Count > 0 =>
                Invariant($"CANNOT JUDGE: {result.Problems.Count} {(result.Problems.Count == 1 ? "problem" : "problems")}"),
            _ => Measured(result),
        };
    }

    private static int Count(RunResult result, Verdict verdict) => result.Gates.Count(g => g.Verdict == verdict);

    private static string Measured(RunResult result)
    {
        int failed = result.Metrics.Count(m => m.Value.Value is null);
        int computed = result.Metrics.Count - failed;
        return Invariant($"MEASURED: {computed} {(computed == 1 ? "metric" : "metrics")}") + Also(failed, "could not be computed");
    }

    private static string Also(int count, string what) => count == 0 ? "" : Invariant($", {count} {what}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
