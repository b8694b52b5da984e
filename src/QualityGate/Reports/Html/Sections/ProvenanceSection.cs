using System.Globalization;

namespace QualityGate.Reports.Html;

/// <summary>What was compared, with what, and by what.</summary>
internal sealed class ProvenanceSection : IPageSection
{
    public string Id => "provenance";

    public PageText Title => PageTexts.Provenance;

    public void Write(Page page, HtmlWriter html)
    {
        RunResult result = page.Result;
        html.Add($"<p class=\"lead\">{page.Say(PageTexts.ProvenanceLead)}</p><dl class=\"facts\">");
        Fact(page, html, PageTexts.Tool, $"{result.Tool.Name} {result.Tool.Version}", null, null);
        if (result.SpecFile is { } spec)
        {
            Fact(page, html, PageTexts.Spec, spec, null, null);
        }

        if (result.Reference.Fingerprint.Length > 0)
        {
            Set(page, html, PageTexts.ReferenceSet, result.Reference);
            Set(page, html, PageTexts.CandidateSet, result.Candidate);
        }

        if (result.Extractor is { } extractor)
        {
            Fact(page, html, PageTexts.Extractor, extractor.Name, null, extractor.Fingerprint);
        }

        if (result.Baseline is { } baseline)
        {
            string accepted = page.Say(
                PageTexts.BaselineAccepted, baseline.Created.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), baseline.CandidateCount);
            Fact(page, html, PageTexts.Baseline, baseline.Path, accepted, baseline.Commit);
        }

        if (result.BaselineLookup.Count > 0)
        {
            Fact(page, html, PageTexts.BaselineLookup, string.Join("; ", result.BaselineLookup), null, null);
        }

        html.Add($"</dl>");
        Definitions(page, html);
        Timings(page, html);
        Notes(page, html);
    }

    private static void Set(Page page, HtmlWriter html, PageText name, SetInfo set)
    {
        string count = set.SampledFrom is { } total ? page.Say(PageTexts.SetSample, set.Count, total) : page.Say(PageTexts.SetCount, set.Count);
        Fact(page, html, name, set.Source, set.Skipped == 0 ? count : $"{count}, {page.Say(PageTexts.SetSkipped, set.Skipped)}", set.Fingerprint);
    }

    private static void Fact(Page page, HtmlWriter html, PageText name, string value, string? more, string? fingerprint)
    {
        html.Add($"\n<dt>{page.Say(name)}</dt><dd><code>{value}</code>");
        if (more is not null)
        {
            html.Add($" <span>{more}</span>");
        }

        if (fingerprint is not null)
        {
            html.Add($" <code class=\"fingerprint\">{fingerprint}</code>");
        }

        html.Add($"</dd>");
    }

    private static void Definitions(Page page, HtmlWriter html)
    {
        if (page.Result.Metrics.Count == 0)
        {
            return;
        }

        html.Add($"<details><summary>{page.Say(PageTexts.Parameters)}</summary>");
        Figure.Table(
            page, html, page.Say(PageTexts.Parameters), [page.Say(PageTexts.Metric), page.Say(PageTexts.Parameters)],
            [
                .. page.Result.Metrics.Select(m => (IReadOnlyList<string>)
                [
                    m.Value.Name, string.Join(", ", m.Value.Parameters.Select(p => $"{p.Key} = {ResultText.Parameter(p.Value)}").Prepend(m.Value.Convention)),
                ]),
            ], page.Result.Metrics.Count);
        html.Add($"</details>");
    }

    private static void Timings(Page page, HtmlWriter html)
    {
        if (page.Result.Timings.Count == 0)
        {
            return;
        }

        html.Add($"<details><summary>{page.Say(PageTexts.Timings)}</summary><dl class=\"facts\">");
        foreach ((string stage, double seconds) in page.Result.Timings)
        {
            html.Add($"\n<dt lang=\"en\">{stage}</dt><dd>{ResultText.Seconds(seconds)}</dd>");
        }

        html.Add($"</dl></details>");
    }

    private static void Notes(Page page, HtmlWriter html)
    {
        string[] notes = [.. page.Result.Notes, .. page.Evidence?.Notes ?? []];
        html.Add($"<h3>{page.Say(PageTexts.Notes)}</h3><ul class=\"notes\">");
        if (page.Evidence is null)
        {
            html.Add($"<li>{page.Say(PageTexts.NoEvidence)}</li>");
        }

        foreach (string note in notes)
        {
            html.Add($"<li lang=\"en\">{note}</li>");
        }

        html.Add($"</ul>");
    }
}
