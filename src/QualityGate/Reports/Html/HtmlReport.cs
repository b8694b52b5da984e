namespace QualityGate.Reports.Html;

/// <summary>
/// The report for people: one HTML file that loads nothing, with plots, images and what each number means. Pictures, points and scores of single images are there
/// when the result carries <see cref="RunResult.Evidence"/>; without it the page says so.
/// </summary>
/// <param name="language">The language of the page's own texts.</param>
public sealed class HtmlReport(ReportLanguage language = ReportLanguage.English) : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "html";

    private static readonly IPageSection[] Sections =
    [
        new ProblemSection(), new GateSection(), new GallerySection(), new MetricSection(), new MapSection(), new BalanceSection(), new ScoreSection(),
        new TrendSection(), new ClassSection(), new AnomalySection(), new TableSection(), new ProvenanceSection(),
    ];

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        Page page = new(result, language);
        (IPageSection Section, Markup Body)[] sections = [.. Sections.Select(s => (s, Body(page, s))).Where(s => s.Item2.Html.Length > 0)];
        HtmlWriter html = new();
        Head(page, html);
        html.Add($"<body><a class=\"skip\" href=\"#main\">{page.Say(PageTexts.SkipLink)}</a><div class=\"page\">");
        VerdictHeader.Write(page, html);
        Contents(page, html, sections.Select(s => s.Section));
        html.Add($"\n<main id=\"main\" tabindex=\"-1\"><noscript><p class=\"noscript\">{page.Say(PageTexts.NoScript)}</p></noscript>");
        foreach ((IPageSection section, Markup body) in sections)
        {
            html.Add($"\n<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\"><h2 id=\"{section.Id}-title\">{page.Say(section.Title)}</h2>{body}</section>");
        }

        html.Add($"</main></div>");
        Dialog(page, html);
        html.Add($"\n<script type=\"application/json\" id=\"data\">{new Markup(page.Charts.ToJson(page))}</script><script>{new Markup(PageAssets.Script)}</script></body></html>\n");
        writer.Write(html.ToMarkup().Html);
    }

    private static Markup Body(Page page, IPageSection section)
    {
        HtmlWriter body = new();
        section.Write(page, body);
        return body.ToMarkup();
    }

    private static void Head(Page page, HtmlWriter html)
    {
        string policy = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {PageAssets.SourceOf(PageAssets.Script)}; base-uri 'none'; form-action 'none'";
        html.Add($"<!DOCTYPE html><html lang=\"{page.Say(PageTexts.LanguageTag)}\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{new Markup(policy)}\">");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"referrer\" content=\"no-referrer\">");
        html.Add($"<title>{VerdictHeader.Word(page, page.Result)} · {page.Result.Candidate.Source} · QualityGate</title><link rel=\"icon\" href=\"data:,\"><style>{new Markup(PageAssets.Style)}</style></head>\n");
    }

    private static void Contents(Page page, HtmlWriter html, IEnumerable<IPageSection> sections)
    {
        html.Add($"<nav class=\"contents\" aria-label=\"{page.Say(PageTexts.Contents)}\"><ul>");
        foreach (IPageSection section in sections)
        {
            html.Add($"<li><a href=\"#{section.Id}\">{page.Say(section.Title)}</a></li>");
        }

        html.Add($"</ul></nav>");
    }

    private static void Dialog(Page page, HtmlWriter html)
    {
        html.Add($"\n<dialog id=\"viewer\" aria-labelledby=\"viewer-title\"><header><h2 id=\"viewer-title\"></h2><button type=\"button\" id=\"viewer-close\" aria-label=\"{page.Say(PageTexts.Close)}\">×</button></header>");
        html.Add($"<div id=\"viewer-body\"></div><footer><button type=\"button\" id=\"viewer-previous\">← {page.Say(PageTexts.Previous)}</button><button type=\"button\" id=\"viewer-next\">{page.Say(PageTexts.Next)} →</button></footer></dialog>");
    }
}
