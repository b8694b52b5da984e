namespace QualityGate.Reports.Html;

/// <summary>The metrics class by class.</summary>
internal sealed class ClassSection : IPageSection
{
    private const int MostClasses = 100;

    public string Id => "classes";

    public PageText Title => PageTexts.Classes;

    public void Write(Page page, HtmlWriter html)
    {
        RunResult result = page.Result;
        if (result.Classes.Count == 0)
        {
            return;
        }

        (IReadOnlyList<ClassReport> worst, string? by) = ClassText.Worst(result, MostClasses);
        html.Add($"<p class=\"lead\">{Page.Join(page.Say(PageTexts.ClassesLead), by is null ? null : page.Say(PageTexts.ClassesWorst, worst.Count, result.Classes.Count, by))}</p>");
        ReportTable table = ReportTable.Of(worst);
        Figure.Table(
            page, html, page.Say(PageTexts.Classes), [page.Say(PageTexts.Class), page.Say(PageTexts.ReferenceSet), page.Say(PageTexts.CandidateSet), .. table.Columns.Skip(2)],
            [.. table.Rows.Select(r => (IReadOnlyList<string>)[r.Name, .. r.Cells])], MostClasses);
        string[] failures = [.. ClassText.Failures(result)];
        if (failures.Length == 0)
        {
            return;
        }

        html.Add($"<ul class=\"notes\" lang=\"en\">");
        foreach (string failure in failures)
        {
            html.Add($"<li>{failure}</li>");
        }

        html.Add($"</ul>");
    }
}
