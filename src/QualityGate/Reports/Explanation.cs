using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>A result explained: for each gate that did not pass, or metric that got worse, the images that moved it most, and what the candidate lacks.</summary>
/// <param name="Result">The result.</param>
/// <param name="Blamed">The metrics that are explained.</param>
/// <param name="Top">Images of each side that are named.</param>
public sealed record Explanation(RunResult Result, IReadOnlyList<Blame> Blamed, int Top)
{
    /// <summary>What leaving out the most blamed images would bring.</summary>
    public IReadOnlyList<WhatIf> WhatIf { get; init; } = [];

    /// <summary>Explains some metrics, or those whose gates did not pass or that got worse.</summary>
    /// <param name="result">The result.</param>
    /// <param name="metrics">Names of metrics; empty for those that call for it.</param>
    /// <param name="top">Images of each side to name.</param>
    /// <exception cref="UserErrorException">QG1021: a metric was not measured, or the influences on it are not known.</exception>
    public static Explanation Of(RunResult result, IReadOnlyList<string> metrics, int top)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(metrics);
        return new Explanation(result, metrics.Count == 0 ? BlameText.OfGates(result) : [.. metrics.Distinct(StringComparer.Ordinal).Select(metric => Named(result, metric))], top);
    }

    private static Blame Named(RunResult result, string metric) => result.Blame.FirstOrDefault(blame => blame.Metric == metric) ?? throw new UserErrorException(
        SpecErrors.NoBlame, $"the result does not say what single images do to `{PlainText.OneLine(metric)}`{NearestName.Suggest(metric, [.. result.Blame.Select(b => b.Metric)])}");
}
