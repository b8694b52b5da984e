namespace QualityGate.Tool.Help;

/// <summary>What an exit code of a command means.</summary>
/// <param name="Code">One of <see cref="ExitCodes"/>.</param>
/// <param name="Meaning">In a few words.</param>
internal readonly record struct ExitCodeNote(int Code, string Meaning)
{
    /// <summary>All of them, as the root's help and the docs list them.</summary>
    public static IReadOnlyList<ExitCodeNote> All { get; } =
    [
        new(ExitCodes.Pass, "passed, warnings included; or nothing was to be judged"),
        new(ExitCodes.GateFailed, "a gate failed; nothing else answers 1"),
        new(ExitCodes.CannotJudge, "it could not be judged: wrong spec or usage, missing baseline, unreadable input"),
        new(ExitCodes.Fault, "a fault of the tool, or selftest did not reproduce its numbers"),
        new(ExitCodes.Cancelled, "cancelled; what was finished is kept"),
    ];
}
