using QualityGate.Gates;

namespace QualityGate.Reports.Html;

/// <summary>The most anomalous images beside the nearest ones that a generator of normal images makes.</summary>
internal sealed class AnomalySection : IPageSection
{
    public string Id => "anomalies";

    public PageText Title => PageTexts.Anomalies;

    public void Write(Page page, HtmlWriter html)
    {
        if (page.Evidence is not { Anomalies: { Count: > 0 } rows })
        {
            return;
        }

        html.Add($"<p class=\"lead\">{page.Say(PageTexts.AnomaliesLead)}</p><div class=\"triplets\">");
        foreach (EvidenceTriplet row in rows)
        {
            html.Add($"<figure class=\"triplet\"><div class=\"pictures\">");
            Picture(html, row.Image, page.Say(PageTexts.AnomalyImage));
            Picture(html, row.Nearest, page.Say(PageTexts.AnomalyNearest));
            Picture(html, row.Residual, page.Say(PageTexts.AnomalyResidual));
            html.Add($"</div><figcaption><code>{row.Id}</code> {(row.Label is { } label ? $"({label})" : string.Empty)}<br>{page.Say(PageTexts.AnomalyScore)} {NumberText.Format(row.Score)}</figcaption></figure>");
        }

        html.Add($"</div>");
    }

    private static void Picture(HtmlWriter html, Thumbnail picture, string text) => html.Add(
        $"<span><img class=\"{GallerySection.PixelClass(picture)}\" src=\"{new Markup(picture.ToDataUri())}\" alt=\"{text}\" width=\"{picture.Width}\" height=\"{picture.Height}\" decoding=\"async\"><small>{text}</small></span>");
}
