namespace QualityGate.Errors;

/// <summary>Codes about gates, QG20xx: the rules a gate can break, what cannot be judged, and results that cannot be read.</summary>
public static class GateErrors
{
    /// <summary>Rule <c>max</c>.</summary>
    public static readonly ErrorCode Max = new(
        "QG2001", "value above its limit", "Look at the images behind the number with `qualitygate explain`, or raise `max` on purpose.");

    /// <summary>Rule <c>min</c>.</summary>
    public static readonly ErrorCode Min = new(
        "QG2002", "value below its limit", "Look at the images behind the number with `qualitygate explain`, or lower `min` on purpose.");

    /// <summary>Rule <c>max_increase</c>.</summary>
    public static readonly ErrorCode MaxIncrease = new(
        "QG2003", "value rose too far above the baseline",
        "Look at what changed since the baseline; if the change is wanted, accept it with `qualitygate baseline update`.");

    /// <summary>Rule <c>max_decrease</c>.</summary>
    public static readonly ErrorCode MaxDecrease = new(
        "QG2004", "value fell too far below the baseline",
        "Look at what changed since the baseline; if the change is wanted, accept it with `qualitygate baseline update`.");

    /// <summary>A check without gates proves nothing.</summary>
    public static readonly ErrorCode NothingToJudge = new(
        "QG2010", "nothing to judge", "Add at least one limit under `gates:`, or use `qualitygate measure` to see the numbers only.");

    /// <summary>A gate on a metric that this run did not compute.</summary>
    public static readonly ErrorCode NotMeasured = new(
        "QG2011", "gate on a metric that was not measured", "Add the metric's family under `metrics:`, or remove the gate.");

    /// <summary>A gate on a metric that could not be computed.</summary>
    public static readonly ErrorCode MetricFailed = new(
        "QG2012", "gate on a metric that could not be computed", "Mend the reason that the message gives; most often there are too few images.");

    /// <summary>A gate on a value that is not a number.</summary>
    public static readonly ErrorCode NotFinite = new(
        "QG2013", "value is not a finite number", "Check the features for empty, constant or broken images.");

    /// <summary>A change limit on a metric that the baseline does not hold.</summary>
    public static readonly ErrorCode NotAccepted = new(
        "QG2014", "baseline has no accepted value", "Accept one with `qualitygate baseline create` or `qualitygate baseline update`.");

    /// <summary>A percentage of zero.</summary>
    public static readonly ErrorCode RelativeToZero = new(
        "QG2015", "relative limit on a baseline of zero", "Write an absolute limit, such as `max_increase: 0.01`.");

    /// <summary>A gate per class on sets without classes.</summary>
    public static readonly ErrorCode NoClasses = new(
        "QG2016", "gate per class without classes", "Give both sets labels: `labels:` in the spec.");

    /// <summary>A class that was accepted and is not there any more.</summary>
    public static readonly ErrorCode ClassGone = new(
        "QG2017", "accepted class is no longer there",
        "Bring back the images or the labels of the class, or accept today's classes with `qualitygate baseline update`.");

    /// <summary>A file that is no result of this tool.</summary>
    public static readonly ErrorCode UnreadableResult = new(
        "QG2020", "result file cannot be read", "Name a JSON result that `qualitygate check` or `qualitygate measure` wrote.");
}
