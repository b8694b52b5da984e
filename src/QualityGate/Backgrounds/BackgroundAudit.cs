using QualityGate.Metrics;
using QualityGate.Numerics;

namespace QualityGate.Backgrounds;

/// <summary>
/// Whether features look at objects or at what is behind them: the same images are retrieved as they are and with the background masked, and
/// each query is compared with itself. After Seon, An and Yoon on image backgrounds in deep metric learning, 2022.
/// </summary>
public static class BackgroundAudit
{
    /// <summary>Compares the modes.</summary>
    /// <param name="modes">Features by mode, among them <see cref="BackgroundAuditOptions.Plain"/> and <see cref="BackgroundAuditOptions.Masked"/>.</param>
    /// <param name="labels">Class of each image.</param>
    /// <param name="options">How.</param>
    /// <param name="products">Matrix products.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="MetricUnavailableException">A mode is missing, or a set does not allow retrieval.</exception>
    public static BackgroundReport Evaluate(
        IReadOnlyList<MaskedFeatures> modes,
        IReadOnlyList<string> labels,
        BackgroundAuditOptions options,
        IMatrixProducts products,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Level, 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Level, 1, nameof(options));
        int plain = IndexOf(modes, options.Plain), masked = IndexOf(modes, options.Masked);
        RetrievalOptions how = options.Retrieval with { Ks = [.. options.Retrieval.Ks.Append(1).Distinct().Order()] };
        RetrievalResult[] found = [.. modes.Select(mode => RetrievalEvaluation.Within(mode.Features, labels, how, products, cancellation))];
        int[] others = [.. options.Others.Where(name => name != options.Plain && name != options.Masked).Distinct().Select(name => IndexOf(modes, name))];
        (double gap, double error) = Gap(found[plain], found[masked]);
        string[] notes = found[plain].Alone == 0 ? [] : [$"{found[plain].Alone} of {labels.Count} images are alone in their class and {(how.LeavesOutAlone ? "are left out as queries" : "fail in every mode")}."];
        ClassBackground[] classes = Classes(found[plain], found[masked], options);
        return new BackgroundReport([.. modes.Zip(found, RecallOf)], gap, error, classes, notes)
        {
            Plain = options.Plain,
            Masked = options.Masked,
            Others = [.. others.Select(o => Compare(modes[o].Mode, found[plain], found[o], options))],
        };
    }

    private static BackgroundComparison Compare(string mode, RetrievalResult plain, RetrievalResult masked, BackgroundAuditOptions options)
    {
        (double gap, double error) = Gap(plain, masked);
        return new BackgroundComparison(mode, gap, error, Classes(plain, masked, options));
    }

    private static int IndexOf(IReadOnlyList<MaskedFeatures> modes, string name)
    {
        int[] places = [.. Enumerable.Range(0, modes.Count).Where(i => modes[i].Mode == name)];
        return places.Length == 1 ? places[0] : throw new MetricUnavailableException($"the audit needs features of the mode `{name}` once; it has them {places.Length} times");
    }

    private static ModeRecall RecallOf(MaskedFeatures mode, RetrievalResult result) =>
        new(mode.Mode, [.. result.Options.Ks.Select(k => KeyValuePair.Create(k, result.Recall(k).Value))], result.MeanPrecision().Value);

    // The queries are paired, so the error is that of their differences, which are -1, 0 or 1.
    private static (double Gap, double Error) Gap(RetrievalResult plain, RetrievalResult masked)
    {
        int[] queries = [.. Enumerable.Range(0, plain.ClassOf.Count).Where(plain.Counts)];
        if (queries.Length == 0)
        {
            throw new MetricUnavailableException("every image is alone in its class, so that no query counts");
        }

        int lost = queries.Count(q => plain.IsHit(q, 1) && !masked.IsHit(q, 1)), won = queries.Count(q => !plain.IsHit(q, 1) && masked.IsHit(q, 1));
        double gap = (double)(lost - won) / queries.Length;
        return (gap, Math.Sqrt(Math.Max(0, ((double)(lost + won) / queries.Length) - (gap * gap)) / queries.Length));
    }

    private static ClassBackground[] Classes(RetrievalResult plain, RetrievalResult masked, BackgroundAuditOptions options)
    {
        int[][] queries = [.. plain.ByClass().Select(rows => rows.Where(plain.Counts).ToArray())];
        int[][] onlyPlain = [.. queries.Select(rows => rows.Where(q => !plain.IsHit(q, 1) && masked.IsHit(q, 1)).ToArray())];
        int[][] onlyMasked = [.. queries.Select(rows => rows.Where(q => plain.IsHit(q, 1) && !masked.IsHit(q, 1)).ToArray())];
        double[] values = [.. onlyPlain.Zip(onlyMasked, (first, second) => PairedTests.McNemar(first.Length, second.Length))];
        double[] adjusted = PairedTests.Adjust(values, options.Correction);
        return
        [
            .. plain.Classes.Select((name, c) => new ClassBackground(
                name,
                queries[c].Length,
                onlyPlain[c].Length,
                onlyMasked[c].Length,
                values[c],
                adjusted[c],
                adjusted[c] > options.Level ? BackgroundEffect.None : onlyPlain[c].Length > onlyMasked[c].Length ? BackgroundEffect.Disturbs : BackgroundEffect.Helps,
                [.. onlyPlain[c].Take(options.ExamplesPerClass).Select(q => new BackgroundExample(q, plain.Nearest[q], masked.NearestOfClass[q]))])
            {
                Helped = [.. onlyMasked[c].Take(options.ExamplesPerClass).Select(q => new BackgroundExample(q, masked.Nearest[q], plain.NearestOfClass[q]))],
            }),
        ];
    }
}
