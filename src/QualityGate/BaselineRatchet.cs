using System.Globalization;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>Tightens limits to what was accepted, where that is better: what was once reached is not given up unnoticed.</summary>
public static class BaselineRatchet
{
    private const int Digits = 3;

    /// <summary>Writes tighter limits into the spec. A limit never gets looser.</summary>
    /// <param name="spec">The spec as it was read.</param>
    /// <param name="accepted">What was accepted.</param>
    /// <returns>One sentence for each limit that has <c>ratchet: true</c> and was, or could not be, tightened.</returns>
    /// <exception cref="UserErrorException">QG3009: the spec cannot be written.</exception>
    public static IReadOnlyList<string> Tighten(GateSpec spec, Baseline accepted)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(accepted);
        LimitEdit[] wanted = [.. spec.Gates.Where(g => g.IsRatchet).Select(g => Tighter(g, accepted.Find(g.Metric), spec.Confidence)).OfType<LimitEdit>()];
        if (wanted.Length == 0)
        {
            return [];
        }

        try
        {
            (string text, IReadOnlyList<LimitEdit> done) = LimitEdit.Apply(File.ReadAllText(spec.File), spec.File, MetricRegistry.Catalogue, wanted);
            if (done.Count > 0)
            {
                AtomicFile.WriteText(spec.File, text);
            }

            return [.. wanted.Select(edit => Describe(edit, done.Contains(edit)))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(BaselineErrors.NotWritable, $"The numbers were accepted, but {spec.File} cannot be written: {exception.Message}", innerException: exception);
        }
    }

    // The noise of the accepted value is left as room: another set of the same generator must not fail.
    private static LimitEdit? Tighter(GateLimit limit, AcceptedMetric? accepted, double confidence)
    {
        if (accepted is null)
        {
            return null;
        }

        double room = NormalQuantile.TwoSided(confidence) * (accepted.StandardError ?? 0);
        double bound = limit.Rule == GateRule.Max ? Round(accepted.Value + room, Math.Ceiling) : Round(accepted.Value - room, Math.Floor);
        return (limit.Rule == GateRule.Max ? bound < limit.Limit : bound > limit.Limit) ? new LimitEdit(limit, bound) : null;
    }

    private static double Round(double value, Func<double, double> towards)
    {
        if (value == 0)
        {
            return 0;
        }

        int decimals = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        double unit = Math.Pow(10, decimals);
        return decimals is >= 0 and <= 15 ? Math.Round(towards(value * unit) / unit, decimals) : towards(value * unit) / unit;
    }

    private static string Describe(LimitEdit edit, bool isDone)
    {
        string rule = edit.Limit.Rule == GateRule.Max ? "max" : "min";
        return isDone
            ? string.Create(CultureInfo.InvariantCulture, $"{edit.Limit.Metric}: {rule} {edit.Limit.Limit} -> {edit.Value}")
            : string.Create(CultureInfo.InvariantCulture, $"{edit.Limit.Metric}: {rule} could be {edit.Value} in place of {edit.Limit.Limit}; change it by hand");
    }
}
