namespace QualityGate.Tool;

/// <summary>What the process answers. Scripts and actions rely on these numbers.</summary>
internal static class ExitCodes
{
    /// <summary>All gates passed, warnings included, or nothing was to be judged.</summary>
    public const int Pass = 0;

    /// <summary>A gate failed. Nothing else ever answers 1.</summary>
    public const int GateFailed = 1;

    /// <summary>It could not be judged: bad spec, bad usage, missing baseline, unreadable input.</summary>
    public const int CannotJudge = 2;

    /// <summary>A fault of ours.</summary>
    public const int Fault = 3;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = 130;
}
