using System.Xml.Linq;
using QualityGate.Anomaly;
using QualityGate.Anomaly.Evaluation;
using QualityGate.Anomaly.Pictures;
using QualityGate.Images.Pictures;

namespace QualityGate.Tests.Anomaly;

public sealed class AnomalyChartTests
{
    private const string Hostile = "</title><script>alert(1)</script>\u202E\u0000 & \"quoted\" ' \uD800";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly AnomalyReport Report =
        AnomalyEvaluation.Evaluate(ExampleScores.Reference, ExampleScores.Candidate, ExampleScores.Labels, ExampleScores.Masks);

    [Fact]
    public void The_curve_is_drawn_as_it_is()
    {
        XElement chart = XDocument.Parse(AnomalyCharts.RocSvg(Report.Detection!, "screws")).Root!;
        Assert.Equal("img", chart.Attribute("role")!.Value);
        Assert.Contains("AUROC 0.9", chart.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        string[] places = chart.Elements(Svg + "polyline").Single().Attribute("points")!.Value.Split(' ');
        Assert.Equal(Report.Detection!.Roc.Count, places.Length);
        Assert.Equal(("56,308", "464,40"), (places[0], places[^1]));
        Assert.Contains("prefers-color-scheme: dark", chart.Element(Svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_text_and_nothing_else()
    {
        ScoreHistogram histogram = ScoreHistogram.Of([(Hostile, [1, 2, 3]), ("b", [2, 2])]);
        foreach (string file in new[] { AnomalyCharts.RocSvg(Report.Detection!, Hostile), AnomalyCharts.HistogramSvg(histogram, Hostile) })
        {
            XElement chart = XDocument.Parse(file).Root!;
            string[] known = ["svg", "title", "desc", "style", "line", "polyline", "rect", "text"];
            Assert.All(chart.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, known));
            Assert.Contains("<script>", chart.Element(Svg + "title")!.Value, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202E', file);
            Assert.DoesNotContain("http", file.Replace(Svg.NamespaceName, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bars_are_as_high_as_the_shares_of_their_group()
    {
        ScoreHistogram histogram = new([0, 1, 2], [new HistogramGroup("a", [3, 1]), new HistogramGroup("b", [0, 8])]);
        XElement[] bars = [.. XDocument.Parse(AnomalyCharts.HistogramSvg(histogram, "x")).Root!.Elements(Svg + "rect")];
        double[] heights = [.. bars.Select(b => double.Parse(b.Attribute("height")!.Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal([201, 67, 10, 0, 268, 10], heights);
    }

    [Fact]
    public void Pixels_show_the_same_charts()
    {
        PixelCanvas roc = AnomalyCharts.RocPicture(Report.Detection!, Hostile);
        Assert.Equal((960, 720), (roc.Width, roc.Height));
        Assert.Equal(RasterSurface.ColourOf(Ink.First), roc[(int)(ChartFrame.Right * 2) - 20, 80]);
        PixelCanvas histogram = AnomalyCharts.HistogramPicture(new([0, 1, 2], [new HistogramGroup("a", [3, 1])]), "x");
        Assert.Equal(RasterSurface.ColourOf(Ink.First), histogram[200, 600]);
        Assert.Equal(Rgb.White, histogram[700, 300]);
    }
}
