using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Gates;

/// <summary>Outcome of a gate or of a run.</summary>
public enum Verdict
{
    /// <summary>Nothing was judged (<c>measure</c>).</summary>
    None,

    /// <summary>Within its limit.</summary>
    Pass,

    /// <summary>A warn-level gate is breached.</summary>
    Warn,

    /// <summary>The limit lies inside the change's interval: it may or may not be breached.</summary>
    Inconclusive,

    /// <summary>An error-level gate is breached.</summary>
    Fail,
}

/// <summary>One limit, judged.</summary>
public sealed record GateResult
{
    /// <summary>The limit as written.</summary>
    public required GateLimit Limit { get; init; }

    /// <summary>The class that was judged, or null for the whole sets.</summary>
    public string? Class { get; init; }

    /// <summary>Outcome: pass, warn, fail or inconclusive.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The metric's value in this run.</summary>
    public required double Observed { get; init; }

    /// <summary>The accepted value, when there is a baseline.</summary>
    public double? Baseline { get; init; }

    /// <summary>Of a limit on a change: the change and its noise, when that is known.</summary>
    public GateChange? Change { get; init; }

    /// <summary>Of a gate that did not pass: its waiver, if the spec has one.</summary>
    public GateWaiver? Waiver { get; init; }

    /// <summary>Whether it is a limit on a change and there was nothing to compare with: a first run.</summary>
    public bool IsUnjudged => Verdict == Verdict.Inconclusive && Baseline is null && GateRules.IsChange(Limit.Rule);

    /// <summary>Whether the spec's policy may make it fail the run though it is inconclusive.</summary>
    public bool CanFailByPolicy => Verdict == Verdict.Inconclusive && !IsUnjudged && Limit.Level == GateLevel.Error;

    /// <summary>One sentence that a person reads: expected, found.</summary>
    public required string Message { get; init; }

    /// <summary>The gate's code, such as <c>QG2001</c>.</summary>
    public required ErrorCode Code { get; init; }
}
