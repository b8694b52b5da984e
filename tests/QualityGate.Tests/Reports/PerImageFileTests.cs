using System.Text.Json;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Tests.Specs;

namespace QualityGate.Tests.Reports;

public sealed class PerImageFileTests
{
    private static readonly PerImageScores Scores = new(
        new PerImageSide(1, null, [PerImageColumn.Of("label", ["cat"]), PerImageColumn.Of("radius", [1.5])]),
        new PerImageSide(
            3,
            ["a.png", "with \"quotes\", and comma.png", "line\nbreak.png"],
            [
                PerImageColumn.Of("realism", [0.1, double.NaN, 1e300]),
                PerImageColumn.Of("nearest", new int?[] { 7, null, -1 }),
                PerImageColumn.Of("inside", [true, false, true]),
                PerImageColumn.Of("label", [null, "dog", ""]),
            ]));

    [Fact]
    public void The_table_follows_RFC_4180_with_the_columns_of_both_sets()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("scores.csv", "older");
        PerImageFile.Write(path, Scores);
        Assert.Equal(
            "set,index,id,realism,nearest,inside,label,radius\r\n"
            + "candidate,0,a.png,0.1,7,true,,\r\n"
            + "candidate,1,\"with \"\"quotes\"\", and comma.png\",,,false,dog,\r\n"
            + "candidate,2,\"line\nbreak.png\",1E+300,-1,true,,\r\n"
            + "reference,0,,,,,cat,1.5\r\n",
            File.ReadAllText(path));
        Assert.Equal((byte)'s', File.ReadAllBytes(path)[0]);
    }

    [Fact]
    public void The_JSON_form_keeps_types_and_nulls()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("scores.JSON", "");
        PerImageFile.Write(path, Scores);
        Assert.Equal(
            """{"schema":"qualitygate.per-image/1","candidate":[{"index":0,"id":"a.png","realism":0.1,"nearest":7,"inside":true,"label":null},"""
            + """{"index":1,"id":"with \u0022quotes\u0022, and comma.png","realism":null,"nearest":null,"inside":false,"label":"dog"},"""
            + """{"index":2,"id":"line\nbreak.png","realism":1E+300,"nearest":-1,"inside":true,"label":""}]""" + ""","reference":[{"index":0,"id":null,"label":"cat","radius":1.5}]}""",
            File.ReadAllText(path));
    }

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.json")]
    public void A_large_set_is_written_whole(string name)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(name, "");
        double[] values = [.. Enumerable.Range(0, 50_000).Select(i => i / 7.0)];
        PerImageSide side = new(values.Length, null, [PerImageColumn.Of("realism", values)]);
        PerImageFile.Write(path, new PerImageScores(side, side));
        string text = File.ReadAllText(path);
        if (name.EndsWith(".csv", StringComparison.Ordinal))
        {
            Assert.Equal(100_001, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
            return;
        }

        using JsonDocument json = JsonDocument.Parse(text);
        Assert.Equal(values[^1], json.RootElement.GetProperty("reference")[49_999].GetProperty("realism").GetDouble());
    }

    [Fact]
    public void An_unknown_ending_writes_nothing()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(Path.GetDirectoryName(folder.Write("a", ""))!, "scores.xml");
        Assert.Throws<ArgumentException>(() => PerImageFile.Write(path, Scores));
        Assert.False(File.Exists(path));
    }
}
