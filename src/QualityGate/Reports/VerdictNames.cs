using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>Verdicts as results and reports write them.</summary>
public static class VerdictNames
{
    /// <summary><c>pass</c>, <c>warn</c>, <c>fail</c>, <c>inconclusive</c> or <c>none</c>.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.None => "none",
        Verdict.Pass => "pass",
        Verdict.Warn => "warn",
        Verdict.Inconclusive => "inconclusive",
        Verdict.Fail => "fail",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}
