using QualityGate.Baselines;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>Verdicts, and how far a baseline was checked, as results and reports write them.</summary>
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

    /// <summary><c>unlocked</c>, <c>verified</c> or <c>absent</c>.</summary>
    /// <param name="features">How far a baseline's features were checked.</param>
    public static string NameOf(BaselineFeatures features) => features switch
    {
        BaselineFeatures.Unlocked => "unlocked",
        BaselineFeatures.Verified => "verified",
        BaselineFeatures.Absent => "absent",
        _ => throw new ArgumentOutOfRangeException(nameof(features), features, null),
    };
}
