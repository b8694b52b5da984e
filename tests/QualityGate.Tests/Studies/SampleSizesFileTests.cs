using QualityGate.Errors;
using QualityGate.Studies;
using QualityGate.Tests.Specs;

namespace QualityGate.Tests.Studies;

public sealed class SampleSizesFileTests
{
    internal static SampleSizes Example { get; } = new(
        "vgg",
        "sha256:00",
        new StudiedSet("real", 500, "sha256:aa"),
        new StudiedSet("fake", 700, "sha256:bb"),
        0.05,
        5,
        0,
        [
            new SettledMetric("fid", "heusel", new Dictionary<string, string>(), new SettledSize(400, 500), new SettledSize(null, 700)),
            new SettledMetric("coverage", "prdc", new Dictionary<string, string> { ["k"] = "5", ["convention"] = "prdc" }, null, new SettledSize(0, 700)),
        ]);

    [Fact]
    public void What_was_written_is_read_again()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("sizes.json", "older");
        SampleSizesFile.Write(path, Example);
        SampleSizes read = SampleSizesFile.Read(path);
        Assert.Equal(Example with { Metrics = [] }, read with { Metrics = [] }, (a, b) => a!.ToString() == b!.ToString());
        Assert.Equal(Example.Metrics.Select(m => (m.Name, m.Convention, m.Reference, m.Candidate)), read.Metrics.Select(m => (m.Name, m.Convention, m.Reference, m.Candidate)));
        Assert.Equal(Example.Metrics[1].Parameters, read.Metrics[1].Parameters);
        SampleSizesFile.Write(path + "2", read);
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(path + "2"));
    }

    [Theory]
    [InlineData("\"draws\": 5", "\"draws\": 1", "`draws` must be at least 2")]
    [InlineData("\"draws\": 5", "\"draws\": 5.5", "line 17")]
    [InlineData("\"draws\": 5", "\"draws\": 5, \"draws\": 5", "given twice")]
    [InlineData("\"draws\": 5,", "", "missing")]
    [InlineData("\"draws\": 5", "\"draws\": 5, \"drawz\": 5", "drawz")]
    [InlineData("sample-sizes/1", "sample-sizes/2", "the only one that this version reads")]
    [InlineData("\"tolerance\": 0.05", "\"tolerance\": 0", "`tolerance` must be above 0")]
    [InlineData("\"smallest\": 400", "\"smallest\": 501", "`smallest` of `fid`")]
    [InlineData("\"smallest\": 400", "\"smallest\": -1", "`smallest` of `fid`")]
    [InlineData("\"name\": \"coverage\"", "\"name\": \"fid\"", "a metric is given twice")]
    [InlineData("\"k\": \"5\"", "\"k\": null", "a parameter of `coverage` must be a text")]
    [InlineData("\"source\": \"real\"", "\"source\": null", "`$")]
    [InlineData("\"source\": \"real\"", "\"source\": \"\\ud800\"", "is not a sample size study")]
    [InlineData("\"metrics\": [", "\"metrics\": [ null,", "must be at most 1000 objects")]
    [InlineData("{", "[", "is not a sample size study")]
    public void A_changed_file_is_a_clear_error(string from, string to, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("sizes.json", "");
        SampleSizesFile.Write(path, Example);
        string text = File.ReadAllText(path);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => SampleSizesFile.Read(path));
        Assert.Equal(DataErrors.NotSampleSizes, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_a_clear_error()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("sizes.json", "");
        SampleSizesFile.Write(path, Example);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length - 2; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Equal(DataErrors.NotSampleSizes, Assert.Throws<UserErrorException>(() => SampleSizesFile.Read(path)).Code);
        }
    }

    [Fact]
    public void Garbage_and_a_missing_or_huge_file_are_clear_errors()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("sizes.json", "");
        File.WriteAllBytes(path, [0xff, 0xfe, 0, 1, 2]);
        Assert.Equal(DataErrors.NotSampleSizes, Assert.Throws<UserErrorException>(() => SampleSizesFile.Read(path)).Code);
        File.WriteAllText(path, new string(' ', 1 << 21));
        Assert.Contains("1 MiB", Assert.Throws<UserErrorException>(() => SampleSizesFile.Read(path)).Message, StringComparison.Ordinal);
        SourceLocation named = new("spec.yaml", 3, 4);
        UserErrorException missing = Assert.Throws<UserErrorException>(() => SampleSizesFile.Read(path + ".none", named));
        Assert.Equal((DataErrors.SampleSizesUnreadable, named), (missing.Code, missing.Location));
    }
}
