using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports.Html;

/// <summary>Every number, with what it means and which way is good.</summary>
internal sealed class MetricSection : IPageSection
{
    public string Id => "metrics";

    public PageText Title => PageTexts.Metrics;

    public void Write(Page page, HtmlWriter html)
    {
        IReadOnlyList<MetricReport> metrics = page.Result.Metrics;
        if (metrics.Count == 0)
        {
            return;
        }

        bool hasBaseline = metrics.Any(m => m.Baseline is not null), hasError = metrics.Any(m => m.Value.StandardError is not null || m.Value.Interval is not null);
        html.Add($"<p class=\"lead\">{page.Say(PageTexts.MetricsLead)}</p>");
        html.Add($"<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{page.Say(PageTexts.Scrollable, page.Say(PageTexts.Metrics))}\"><table class=\"metrics\"><thead><tr>");
        html.Add($"<th scope=\"col\">{page.Say(PageTexts.Metric)}</th><th scope=\"col\" class=\"n\">{page.Say(PageTexts.Value)}</th>");
        if (hasError)
        {
            html.Add($"<th scope=\"col\" class=\"n\">{page.Say(PageTexts.Uncertainty)}</th>");
        }

        if (hasBaseline)
        {
            html.Add($"<th scope=\"col\" class=\"n\">{page.Say(PageTexts.Before)}</th><th scope=\"col\" class=\"n\">{page.Say(PageTexts.Change)}</th>");
        }

        html.Add($"</tr></thead><tbody>");
        foreach (MetricReport metric in metrics)
        {
            Row(page, html, metric, hasError, hasBaseline);
        }

        html.Add($"</tbody></table></div>");
    }

    private static void Row(Page page, HtmlWriter html, MetricReport metric, bool hasError, bool hasBaseline)
    {
        MetricValue value = metric.Value;
        html.Add($"\n<tr><th scope=\"row\"><code>{value.Name}</code> <span class=\"way\">{(value.Direction == MetricDirection.Lower ? "↓" : "↑")} {page.Direction(value.Direction)}</span>");
        html.Add($"<p class=\"meaning\">{page.Meaning(value.Name)}</p>");
        if (value.Error is { } error)
        {
            html.Add($"<p class=\"reason\" lang=\"en\">{error}</p>");
        }

        html.Add($"</th><td class=\"n strong\">{(value.Value is { } number ? NumberText.Format(number) : page.Say(PageTexts.NotComputed))}</td>");
        if (hasError)
        {
            html.Add($"<td class=\"n\">{Uncertainty(value)}</td>");
        }

        if (hasBaseline)
        {
            html.Add($"<td class=\"n\">{ResultText.Number(metric.Baseline)}</td><td class=\"n\">{Change(page, metric)}</td>");
        }

        html.Add($"</tr>");
    }

    private static string Uncertainty(MetricValue value) =>
        value.Interval is { } interval ? $"{NumberText.Format(interval.Low)} – {NumberText.Format(interval.High)}"
        : value.StandardError is { } error ? $"± {NumberText.Format(error)}"
        : ResultText.Nothing;

    private static Markup Change(Page page, MetricReport metric)
    {
        HtmlWriter cell = new();
        if (metric.Change is not { } change)
        {
            cell.Add($"{ResultText.Nothing}");
            return cell.ToMarkup();
        }

        int sign = Math.Sign(change) * (metric.Value.Direction == MetricDirection.Lower ? -1 : 1);
        (string css, PageText word) = sign switch { > 0 => ("good", PageTexts.Better), < 0 => ("bad", PageTexts.Worse), _ => ("same", PageTexts.Same) };
        cell.Add($"<span class=\"{css}\">{NumberText.Signed(change)} <small>{page.Say(word)}</small></span>");
        return cell.ToMarkup();
    }
}
