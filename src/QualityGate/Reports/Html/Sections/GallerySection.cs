namespace QualityGate.Reports.Html;

/// <summary>Images that explain the numbers.</summary>
internal sealed class GallerySection : IPageSection
{
    public string Id => "images";

    public PageText Title => PageTexts.Galleries;

    public void Write(Page page, HtmlWriter html)
    {
        if (page.Evidence is not { Galleries: { Count: > 0 } galleries } evidence)
        {
            return;
        }

        html.Add($"<p class=\"lead\">{page.Say(PageTexts.GalleriesLead)}</p>");
        for (int i = 0; i < galleries.Count; i++)
        {
            Write(page, html, evidence, galleries[i], i);
        }
    }

    private static void Write(Page page, HtmlWriter html, ReportEvidence evidence, EvidenceGallery gallery, int number)
    {
        (PageText title, PageText meaning) = GalleryTexts.Of(gallery.Kind);
        string metric = gallery.Metric ?? string.Empty;
        html.Add($"<section class=\"gallery\" aria-labelledby=\"gallery-{number}\"><h3 id=\"gallery-{number}\">{page.Say(title, metric)} ");
        html.Add($"<span class=\"count\">{page.Say(PageTexts.GalleryCount, gallery.Items.Count, gallery.Total)}</span></h3>");
        html.Add($"<p class=\"meaning\">{page.Say(meaning, metric)}</p><ul>");
        foreach (EvidenceItem item in gallery.Items)
        {
            Item(page, html, evidence, item);
        }

        html.Add($"</ul></section>");
    }

    private static void Item(Page page, HtmlWriter html, ReportEvidence evidence, EvidenceItem item)
    {
        EvidenceImage image = evidence.Images[item.Image];
        html.Add($"<li><button type=\"button\" class=\"tile\" data-image=\"{item.Image}\"");
        if (item.Partner is { } number)
        {
            html.Add($" data-partner=\"{number}\"");
        }

        html.Add($" title=\"{image.Id}\"><span class=\"pictures\">");
        Picture(page, html, image, item.Image);
        if (item.Partner is { } partner)
        {
            Picture(page, html, evidence.Images[partner], partner);
        }

        html.Add($"</span><span class=\"score\">{ScoreNames.WordOf(item.Score, page.Language)} {item.Value}</span></button></li>");
    }

    private static void Picture(Page page, HtmlWriter html, EvidenceImage image, int index)
    {
        string text = page.Say(PageTexts.PictureOf, page.Role(image.Role), image.Id);
        if (image.Picture is { } picture)
        {
            html.Add($"<img data-of=\"{index}\" class=\"{PixelClass(picture)}\" src=\"{new Markup(picture.ToDataUri())}\" alt=\"{text}\" width=\"{picture.Width}\" height=\"{picture.Height}\" decoding=\"async\">");
        }
        else
        {
            html.Add($"<span class=\"missing\" role=\"img\" aria-label=\"{text}, {page.Say(PageTexts.NoPicture)}\">{image.Id}</span>");
        }
    }

    /// <summary>Small pictures are enlarged dot by dot, so that they show what the metrics saw.</summary>
    public static string PixelClass(Thumbnail picture) => Math.Max(picture.Width, picture.Height) <= 64 ? "dots" : string.Empty;
}
