using System.IO.Compression;
using System.Text;
using QualityGate.Features;
using QualityGate.Features.Extraction;
using QualityGate.Images;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Random;
using QualityGate.Reports;
using QualityGate.Reports.Html;
using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Reports.Html;

public sealed class EvidenceTests : IDisposable
{
    private const int MostPageBytes = 15_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("qualitygate-evidence-").FullName;

    [Fact]
    public void A_page_of_ten_thousand_images_stays_small()
    {
        const int count = 10_000;
        NumpyRandomState random = new(1);
        string archive = Archive(count, _ => Noise(random, 16));
        RunResult run = Measured(archive, count);
        string html = ReportTests.Render(run, HtmlReport.Name);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1_000_000, MostPageBytes);
        Assert.Equal(2_500, run.Evidence!.Map!.Points.Count);
        Assert.Contains("A random sample of 10000 reference and 10000 candidate images.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_compress_badly_are_left_out_beyond_a_bound()
    {
        const int count = 600;
        byte[] noise = Noise(new NumpyRandomState(2), 160);
        RunResult run = Measured(Archive(count, _ => noise), count);
        EvidenceImage[] images = [.. run.Evidence!.Images];
        Assert.InRange(images.Sum(i => (long)(i.Picture?.Bytes.Length ?? 0)), 3_000_000, 6_000_000);
        Assert.NotNull(images[0].Picture);
        Assert.InRange(Encoding.UTF8.GetByteCount(ReportTests.Render(run, HtmlReport.Name)), 1_000_000, MostPageBytes);
    }

    [Fact]
    public void Files_of_features_give_a_map_and_no_pictures()
    {
        RunResult run = Measured("reference.npz", 40);
        Assert.NotEmpty(run.Evidence!.Map!.Points);
        Assert.All(run.Evidence.Images, i => Assert.Null(i.Picture));
        Assert.Equal(2, run.Evidence.Notes.Count);
        Assert.Contains("class=\"missing\"", ReportTests.Render(run, HtmlReport.Name), StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_picture_keeps_every_pixel()
    {
        byte[] pixels = [.. Enumerable.Range(0, 12 * 9 * 3).Select(i => (byte)(i * 7))];
        using DecodedImage image = DecodedImage.FromPixels("a", 9, 12, 3, pixels);
        Thumbnail thumbnail = Thumbnail.Of(image);
        Assert.Equal(("image/png", 12, 9), (thumbnail.MediaType, thumbnail.Width, thumbnail.Height));
        using DecodedImage back = ImageDecoder.Decode(thumbnail.Bytes, "a");
        Assert.Equal(pixels, back.Pixels.ToArray());
    }

    [Theory]
    [InlineData(1, 400, 300, 160, 120)]
    [InlineData(3, 90, 500, 29, 160)]
    [InlineData(3, 5000, 1, 160, 1)]
    public void A_large_picture_becomes_a_small_jpeg_of_the_same_colours(int channels, int width, int height, int expectedWidth, int expectedHeight)
    {
        byte[] colour = [200, 40, 90];
        using DecodedImage image = DecodedImage.FromPixels("a", height, width, channels, [.. Enumerable.Range(0, width * height).SelectMany(_ => colour[..channels])]);
        Thumbnail thumbnail = Thumbnail.Of(image);
        Assert.Equal(("image/jpeg", expectedWidth, expectedHeight), (thumbnail.MediaType, thumbnail.Width, thumbnail.Height));
        using DecodedImage back = ImageDecoder.Decode(thumbnail.Bytes, "a");
        Assert.Equal((expectedWidth, expectedHeight, channels), (back.Width, back.Height, back.Channels));
        for (int c = 0; c < channels; c++) Assert.InRange(back.Pixels[c] - colour[c], -4, 4);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(thumbnail.Bytes), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RunResult Measured(string location, int count)
    {
        NumpyRandomState random = new(5);
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"class{i % 10}/image-with-a-rather-long-name-{i:00000}.png")];
        FeatureSet Set(double shift) => new()
        {
            Source = location,
            Count = count,
            Fingerprint = "sha256:00",
            Features = new DenseFeatureMatrix([.. Enumerable.Range(0, count * 6).Select(i => (float)(random.NextDouble() + shift + (i / 6 % 10)))], count, 6),
            Ids = ids,
            Labels = [.. ids.Select(i => i.Split('/')[0])],
        };
        FeatureSet reference = Set(0), candidate = Set(0.1);
        PerImageSide side = new(count, ids, [PerImageColumn.Of("realism", [.. Enumerable.Range(0, count).Select(i => i / (double)count)]), PerImageColumn.Of("in_manifold", [.. Enumerable.Range(0, count).Select(i => i % 2 == 0)])]);
        MetricInfluence influence = new([.. Enumerable.Range(0, count).Select(i => i - (count / 2.0))], [.. Enumerable.Range(0, count).Select(i => i - (count / 2.0))]);
        MetricValue[] values = [.. new[] { "fid", "kid", "coverage" }.Select(n => new MetricValue { Name = n, Value = 1, Direction = MetricDirection.Lower, Convention = "c", Influence = influence })];
        Measurement measured = new(new ExtractionResult(reference, [], 0), new ExtractionResult(candidate, [], 0), null, new MeasuredMetrics(values, [], []), [], [])
        {
            PerImage = new PerImageScores(side, side),
        };
        MeasureRequest request = new() { Reference = location, Candidate = location, Families = [], Parameters = [] };
        return ExampleRuns.Failed() with { Evidence = EvidenceRun.Of(request, measured, [], [], null, CancellationToken.None) };
    }

    private string Archive(int count, Func<int, byte[]> picture)
    {
        string path = Path.Combine(_folder, "images.zip");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        for (int i = 0; i < count; i++)
        {
            using Stream entry = archive.CreateEntry($"class{i % 10}/image-with-a-rather-long-name-{i:00000}.png", CompressionLevel.NoCompression).Open();
            entry.Write(picture(i));
        }

        return path;
    }

    private static byte[] Noise(NumpyRandomState random, int side) =>
        PngWriter.Encode(new Raster(side, side, 3, [.. Enumerable.Range(0, side * side * 3).Select(_ => (byte)random.NextUInt32())]));
}
