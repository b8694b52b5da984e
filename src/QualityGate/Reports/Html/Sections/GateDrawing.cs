using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Reports.Html;

/// <summary>A gate on a scale: what is allowed, the limit, the number with its interval, the baseline. All places are shares of the width, so that it fits any screen.</summary>
internal static class GateDrawing
{
    private const double Margin = 0.22;
    private const int LimitLabel = 13;
    private const int Middle = 32;
    private const int ValueLabel = 60;

    public static Markup Draw(Page page, GateResult gate, MetricInterval? interval, string description)
    {
        double? limit = LimitOf(gate);
        double[] shown = [.. new[] { gate.Observed, limit, gate.Baseline, interval?.Low, interval?.High }.OfType<double>().Where(double.IsFinite)];
        if (shown.Length == 0)
        {
            return default;
        }

        (double low, double high) = Domain(shown);
        double At(double value) => Math.Clamp(100 * (value - low) / (high - low), 0, 100);
        HtmlWriter svg = new();
        svg.Add($"<svg class=\"scale\" role=\"img\" aria-label=\"{description}\" width=\"100%\" height=\"66\">");
        svg.Add($"<rect class=\"track\" x=\"0\" y=\"{Middle - 5}\" width=\"100%\" height=\"10\" rx=\"5\"/>");
        if (limit is { } bound)
        {
            bool isUpper = gate.Limit.Rule is GateRule.Max or GateRule.MaxIncrease;
            svg.Add($"<rect class=\"allowed\" x=\"{(isUpper ? 0 : At(bound))}%\" y=\"{Middle - 5}\" width=\"{(isUpper ? At(bound) : 100 - At(bound))}%\" height=\"10\" rx=\"5\"/>");
            svg.Add($"<line class=\"limit\" x1=\"{At(bound)}%\" x2=\"{At(bound)}%\" y1=\"{Middle - 13}\" y2=\"{Middle + 13}\"/>");
            svg.Add($"<text class=\"label\" x=\"{At(bound)}%\" y=\"{LimitLabel}\" text-anchor=\"{Anchor(At(bound))}\">{page.Say(PageTexts.Limit)} {NumberText.Format(bound)}</text>");
        }

        if (gate.Baseline is { } baseline)
        {
            svg.Add($"<line class=\"baseline\" x1=\"{At(baseline)}%\" x2=\"{At(baseline)}%\" y1=\"{Middle - 8}\" y2=\"{Middle + 8}\"><title>{page.Say(PageTexts.Baseline)} {NumberText.Format(baseline)}</title></line>");
        }

        if (interval is { } probable)
        {
            svg.Add($"<line class=\"interval\" x1=\"{At(probable.Low)}%\" x2=\"{At(probable.High)}%\" y1=\"{Middle}\" y2=\"{Middle}\"/>");
        }

        svg.Add($"<circle class=\"value\" cx=\"{At(gate.Observed)}%\" cy=\"{Middle}\" r=\"7\"/>");
        svg.Add($"<text class=\"number\" x=\"{At(gate.Observed)}%\" y=\"{ValueLabel}\" text-anchor=\"{Anchor(At(gate.Observed))}\">{NumberText.Format(gate.Observed)}</text></svg>");
        return svg.ToMarkup();
    }

    /// <summary>The limit as a value of the metric, or null when there is no baseline to count from.</summary>
    public static double? LimitOf(GateResult gate)
    {
        GateLimit limit = gate.Limit;
        double? step = limit.IsRelative ? limit.Limit * Math.Abs(gate.Baseline ?? double.NaN) : limit.Limit;
        return limit.Rule switch
        {
            GateRule.MaxIncrease => gate.Baseline + step,
            GateRule.MaxDecrease => gate.Baseline - step,
            _ => limit.Limit,
        };
    }

    // Numbers that were never negative or above 1 are shown on a scale that is not either.
    private static (double Low, double High) Domain(double[] shown)
    {
        double least = shown.Min(), most = shown.Max(), span = most - least;
        double margin = Margin * (span > 0 ? span : most != 0 ? Math.Abs(most) : 1);
        double low = least - margin, high = most + margin;
        return (least >= 0 ? Math.Max(0, low) : low, most <= 1 && least >= 0 ? Math.Min(1, high) : high);
    }

    private static string Anchor(double percent) => percent < 12 ? "start" : percent > 88 ? "end" : "middle";
}
