using System.Globalization;
using QualityGate.Gates;

namespace QualityGate.Reports.Html;

/// <summary>The head of the page: the verdict, in words that need no explanation.</summary>
internal static class VerdictHeader
{
    public static void Write(Page page, HtmlWriter html)
    {
        RunResult result = page.Result;
        html.Add($"<header class=\"top {Css(result)}\"><p class=\"kind\">QualityGate · {page.Say(PageTexts.Title)}</p>");
        html.Add($"<h1>{Word(page, result)}</h1><p class=\"sentence\">{Sentence(page, result)}</p>");
        string[] breached = [.. result.Gates.Where(g => g.Verdict is Verdict.Fail or Verdict.Warn).Select(g => g.Limit.Metric).Distinct(StringComparer.Ordinal)];
        if (breached.Length > 0)
        {
            html.Add($"<p class=\"breached\"><span>{page.Say(PageTexts.Breached)}</span>");
            foreach (string metric in breached)
            {
                html.Add($" <code>{metric}</code>");
            }

            html.Add($"</p>");
        }

        if (result.Reference.Count > 0)
        {
            string compared = page.Say(PageTexts.Compared, Number(result.Candidate.Count), result.Candidate.Source, Number(result.Reference.Count), result.Reference.Source);
            html.Add($"<p class=\"compared\">{Page.Join(compared, result.IsSample ? page.Say(PageTexts.SampleSentence) : null)}</p>");
        }

        html.Add($"</header>");
    }

    /// <summary>The class of the verdict's colours.</summary>
    public static string Css(RunResult result) => result.Problems.Count > 0 ? "fail" : Css(result.Verdict);

    /// <summary>The class of a verdict's colours.</summary>
    public static string Css(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Warn => "warn",
        Verdict.Fail => "fail",
        Verdict.Inconclusive => "unclear",
        _ => "none",
    };

    /// <summary>A verdict in one word.</summary>
    public static string Word(Page page, Verdict verdict) => page.Say(verdict switch
    {
        Verdict.Pass => PageTexts.Pass,
        Verdict.Warn => PageTexts.Warn,
        Verdict.Fail => PageTexts.Fail,
        Verdict.Inconclusive => PageTexts.Inconclusive,
        _ => PageTexts.Measured,
    });

    /// <summary>The run's verdict in one word.</summary>
    public static string Word(Page page, RunResult result) => result.Problems.Count > 0 ? page.Say(PageTexts.CannotJudge) : Word(page, result.Verdict);

    private static string Sentence(Page page, RunResult result)
    {
        int gates = result.Gates.Count, failed = Count(result, Verdict.Fail), unclear = Count(result, Verdict.Inconclusive);
        return result.Verdict switch
        {
            _ when result.Problems.Count > 0 => page.Say(PageTexts.CannotJudgeSentence),
            Verdict.Fail when failed == 0 => page.Say(PageTexts.FailUnclearSentence, unclear, gates),
            Verdict.Fail => page.Say(PageTexts.FailSentence, failed, gates),
            Verdict.Inconclusive => page.Say(PageTexts.InconclusiveSentence, unclear, gates),
            Verdict.Warn => page.Say(PageTexts.WarnSentence, Count(result, Verdict.Warn), gates),
            Verdict.Pass => page.Say(PageTexts.PassSentence, gates),
            _ => page.Say(PageTexts.MeasuredSentence, result.Metrics.Count(m => m.Value.Value is not null)),
        };
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static int Count(RunResult result, Verdict verdict) => result.Gates.Count(g => g.Verdict == verdict);
}
