using QualityGate.Baselines;
using QualityGate.Gates;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>What a reader should know of the baseline that a run was compared with.</summary>
internal static class BaselineRemarks
{
    private const string ReferenceUnchecked =
        "Only a sample of the reference was measured, so it was not checked to be the one that the baseline was made with.";

    private const string NumbersAlone =
        "The baseline's features are gone: the accepted numbers of the lock were compared with today's, made from the reference that is here. The stored features could not be verified.";

    /// <summary>What is not as sure as it could be.</summary>
    public static IEnumerable<string> Of(BaselineFinding? found, Measurement measured)
    {
        if (found is { Loaded: not null, Features: BaselineFeatures.Absent })
        {
            yield return NumbersAlone;
        }

        if (found is { Loaded: not null } && measured.Reference.Sample is not null)
        {
            yield return ReferenceUnchecked;
        }
    }

    /// <summary>What the branch accepts itself: whoever reviews it should see that, since it was not judged by it.</summary>
    public static IEnumerable<string> AcceptedOnBranch(GateSpec spec, BaselineFinding? found, MergeBaseline? mergeBaseline)
    {
        if (mergeBaseline is { } mergeBase && found?.Loaded is { } loaded && LockFile.TryRead(BaselineLock.PathFor(spec.File)) is { } here)
        {
            MetricDifference[] changed = [.. BaselineDifference.Between(loaded.Baseline, here.Baseline).Changed];
            if (changed.Length > 0)
            {
                yield return $"This branch accepts other numbers than its merge base {mergeBase.ShortCommit}, by which it was judged: {string.Join(", ", changed.Select(c => $"{c.Metric} {NumberText.Format(c.Before?.Value)} -> {NumberText.Format(c.After?.Value)}"))}.";
            }
        }
    }
}
