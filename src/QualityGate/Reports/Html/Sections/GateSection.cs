using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Reports.Html;

/// <summary>Every limit that was judged, drawn: those that were breached first.</summary>
internal sealed class GateSection : IPageSection
{
    public string Id => "gates";

    public PageText Title => PageTexts.Gates;

    public void Write(Page page, HtmlWriter html)
    {
        IReadOnlyList<GateResult> listed = ResultText.Listed(page.Result);
        if (listed.Count == 0)
        {
            return;
        }

        bool hasInterval = listed.Any(g => IntervalOf(page, g) is not null);
        html.Add($"<p class=\"lead\">{Page.Join(page.Say(PageTexts.GatesLead), hasInterval ? page.Say(PageTexts.GatesInterval) : null)}</p><div class=\"gates\">");
        foreach (GateResult gate in listed.OrderBy(g => Order(g.Verdict)))
        {
            Write(page, html, gate);
        }

        html.Add($"</div>");
        int more = page.Result.Gates.Count - listed.Count;
        if (more > 0)
        {
            html.Add($"<p>{page.Say(PageTexts.GatesUnlisted, more)}</p>");
        }
    }

    /// <summary>The interval of the judged number: only numbers of the whole sets have one.</summary>
    public static MetricInterval? IntervalOf(Page page, GateResult gate) =>
        gate.Class is null ? page.Result.Metrics.FirstOrDefault(m => m.Value.Name == gate.Limit.Metric)?.Value.Interval : null;

    private static int Order(Verdict verdict) => verdict switch { Verdict.Fail => 0, Verdict.Inconclusive => 1, Verdict.Warn => 2, _ => 3 };

    private static void Write(Page page, HtmlWriter html, GateResult gate)
    {
        MetricInterval? interval = IntervalOf(page, gate);
        html.Add($"\n<article class=\"gate {VerdictHeader.Css(gate.Verdict)}\"><h3><code>{gate.Limit.Metric}</code> <span class=\"badge\">{VerdictHeader.Word(page, gate.Verdict)}</span></h3>");
        if (gate.Class is { } name)
        {
            html.Add($"<p class=\"class\">{page.Say(gate.Limit.Scope == GateScope.WorstClass ? PageTexts.GateWorstClass : PageTexts.GateClass, name)}</p>");
        }

        string rule = Rule(page, gate), more = More(page, gate, interval);
        string observed = NumberText.Pair(gate.Observed, gate.Limit.Limit).First;
        string sentence = Page.Join(page.Say(PageTexts.GateSentence, gate.Limit.Metric, observed, rule), more);
        html.Add($"<p class=\"rule\">{rule}</p><p class=\"meaning\">{page.Meaning(gate.Limit.Metric)}</p>{GateDrawing.Draw(page, gate, interval, sentence)}");
        if (more.Length > 0)
        {
            html.Add($"<p class=\"says\">{more}</p>");
        }

        html.Add($"</article>");
    }

    private static string Rule(Page page, GateResult gate)
    {
        PageText rule = gate.Limit.Rule switch
        {
            GateRule.Min => PageTexts.GateMin,
            GateRule.Max => PageTexts.GateMax,
            GateRule.MaxIncrease => PageTexts.GateMaxIncrease,
            _ => PageTexts.GateMaxDecrease,
        };
        bool isPlain = gate.Limit.IsRelative || GateRules.IsChange(gate.Limit.Rule);
        return page.Say(rule, isPlain ? ResultText.Limit(gate.Limit) : NumberText.Pair(gate.Observed, gate.Limit.Limit).Second);
    }

    private static string More(Page page, GateResult gate, MetricInterval? interval) => Page.Join(
        gate.Baseline is { } baseline ? page.Say(PageTexts.GateBaseline, NumberText.Format(baseline)) : null,
        gate.IsUnjudged ? page.Say(PageTexts.GateUnjudged) : null,
        interval is { } known ? page.Say(PageTexts.GateIntervalSentence, NumberText.Format(known.Low), NumberText.Format(known.High)) : null);
}
