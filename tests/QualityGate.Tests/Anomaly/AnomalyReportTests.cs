using System.Text;
using System.Text.Json;
using Markdig;
using QualityGate.Anomaly;
using QualityGate.Reports;

namespace QualityGate.Tests.Anomaly;

public sealed class AnomalyReportTests
{
    private static readonly AnomalyReport Report =
        AnomalyEvaluation.Evaluate(ExampleScores.Reference, ExampleScores.Candidate, ExampleScores.Labels, ExampleScores.Masks);

    [Fact]
    public void The_section_holds_every_number()
    {
        JsonElement section = Json(Report).GetProperty("anomaly");
        Assert.Equal("reference", section.GetProperty("threshold").GetProperty("source").GetString());
        Assert.Equal(Report.Detection!.Area.Value, section.GetProperty("auroc").GetProperty("value").GetDouble());
        Assert.Equal("delong-logit", section.GetProperty("auroc").GetProperty("method").GetString());
        Assert.Equal(Report.Detection.Roc.Count, section.GetProperty("roc").GetArrayLength());
        Assert.Equal("[0, 0, null]", section.GetProperty("roc")[0].GetRawText());
        Assert.Equal(Report.Rate!.Share.High, section.GetProperty("anomaly_rate").GetProperty("high").GetDouble());
        Assert.Equal(10, section.GetProperty("pixels").GetProperty("rows").GetArrayLength());
        Assert.Equal(["bent", "scratch"], section.GetProperty("by_class").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        JsonElement image = section.GetProperty("images")[12];
        Assert.Equal(("test/12.png", "scratch", "anomalous"), (Text(image, "id"), Text(image, "label"), Text(image, "verdict")));
        Assert.Equal(Report.Images[12].Score, image.GetProperty("score").GetSingle());
    }

    [Fact]
    public void What_is_not_known_is_left_out_or_gives_a_reason()
    {
        JsonElement section = Json(AnomalyEvaluation.Evaluate(null, ExampleScores.Candidate)).GetProperty("anomaly");
        Assert.Equal("no labels say which images are anomalous", section.GetProperty("auroc").GetProperty("error").GetString());
        Assert.False(section.TryGetProperty("pixels", out _) || section.TryGetProperty("anomaly_rate", out _) || section.TryGetProperty("threshold", out _));
        Assert.False(section.GetProperty("images")[0].TryGetProperty("verdict", out _));
    }

    [Fact]
    public void Markdown_tells_it_in_tables() => Snapshots.Match(string.Join('\n', AnomalyMarkdown.Lines(Report, images: 3)) + "\n", "markdown");

    [Fact]
    public void No_name_or_class_becomes_markup()
    {
        const string hostile = "| <img src=x onerror=alert(1)> @team [a](http://b) `c` **d**";
        AnomalyScores scores = ExampleScores.Of([hostile, "b", "c"], i => i);
        AnomalyLabels labels = new([hostile, "good", "other"], new HashSet<string>(["good"]));
        string html = Markdown.ToHtml(
            string.Join('\n', AnomalyMarkdown.Lines(AnomalyEvaluation.Evaluate(null, scores, labels))), new MarkdownPipelineBuilder().UsePipeTables().Build());
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<a ", html, StringComparison.Ordinal);
        Assert.Equal(6 + (2 * 5) + (3 * 6) - 2, html.Split("<td").Length - 1);
    }

    [Fact]
    public void No_name_becomes_a_formula()
    {
        string[] ids = ["=HYPERLINK(\"http://x\")", "+1", "-2.png", "@SUM(A1)", " =1", "\t=1", "a,b\n\"c\"", "plain.png"];
        StringWriter text = new();
        AnomalyCsv.Write(text, AnomalyEvaluation.Evaluate(null, ExampleScores.Of(ids, i => i - 3.5f)));
        string[] rows = text.ToString().Split("\r\n");
        Assert.Equal("id,score,residual,discrimination,label,is_anomalous,verdict", rows[0]);
        Assert.Equal("\"'=HYPERLINK(\"\"http://x\"\")\",-3.5,-2.625,-0.875,,,", rows[1]);
        Assert.All(rows[2..7], r => Assert.StartsWith("'", r, StringComparison.Ordinal));
        Assert.StartsWith("\"a,b\n\"\"c\"\"\",", rows[7], StringComparison.Ordinal);
        Assert.StartsWith("plain.png,3.5,", rows[8], StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_says_truth_and_verdict()
    {
        StringWriter text = new();
        AnomalyCsv.Write(text, Report);
        string[] rows = text.ToString().Split("\r\n");
        Assert.EndsWith(",good,false,normal", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",scratch,true,anomalous", rows[13], StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static JsonElement Json(AnomalyReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            AnomalyJson.Write(json, report);
            json.WriteEndObject();
        }

        return JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement;
    }
}
