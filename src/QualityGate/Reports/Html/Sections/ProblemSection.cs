using QualityGate.Errors;

namespace QualityGate.Reports.Html;

/// <summary>Why there is no verdict.</summary>
internal sealed class ProblemSection : IPageSection
{
    public string Id => "problems";

    public PageText Title => PageTexts.Problems;

    public void Write(Page page, HtmlWriter html)
    {
        if (page.Result.Problems.Count == 0)
        {
            return;
        }

        html.Add($"<ul class=\"notes\" lang=\"en\">");
        foreach (Problem problem in page.Result.Problems)
        {
            html.Add($"<li><code>{problem.Code.Id}</code> {problem.Message}");
            if (problem.Location is { } place)
            {
                html.Add($" <code>{place.ToString()}</code>");
            }

            html.Add($"</li>");
        }

        html.Add($"</ul>");
    }
}
