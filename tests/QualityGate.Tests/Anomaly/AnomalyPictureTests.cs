using QualityGate.Anomaly;
using QualityGate.Anomaly.Pictures;
using QualityGate.Images;
using QualityGate.Images.Pictures;
using QualityGate.Samples.Generator;
using QualityGate.Tests.Samples;
using Rgb = QualityGate.Images.Pictures.Rgb;

namespace QualityGate.Tests.Anomaly;

public sealed class AnomalyPictureTests
{
    private static readonly ResidualScale Unit = new(0, 1);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(37, 5, 3)]
    [InlineData(64, 64, 3)]
    [InlineData(90, 70, 1)]
    public void What_is_written_as_PNG_is_read_back(int width, int height, int channels)
    {
        byte[] samples = [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)((i * i * 31) + (i / 7)))];
        byte[] png = PngEncoder.Encode(width, height, channels, samples);
        Raster strict = PngPixels.Decode(png);
        Assert.Equal((width, height, channels), (strict.Width, strict.Height, strict.Channels));
        Assert.Equal(samples, strict.Samples);
        using DecodedImage decoded = ImageDecoder.Decode(png, "own.png");
        Assert.Equal(samples, decoded.Pixels.ToArray());
    }

    [Fact]
    public void The_ramp_rises_in_lightness_and_its_steps_look_alike()
    {
        OkLab[] colours = [.. Enumerable.Range(0, 256).Select(i => OkLab.Of(HeatColours.At(i / 255.0)))];
        Assert.All(colours.Zip(colours.Skip(8)), pair => Assert.True(pair.Second.L > pair.First.L + 0.01));
        double[] steps = [.. Enumerable.Range(0, 15).Select(i => colours[i * 17].DistanceTo(colours[(i + 1) * 17]))];
        Assert.All(steps, s => Assert.InRange(s / steps.Average(), 0.85, 1.15));
        Assert.True(colours[0].L < 0.2 && colours[^1].L > 0.94);
        Assert.Equal(HeatColours.At(0), HeatColours.At(double.NaN));
        Assert.Equal(HeatColours.At(1), HeatColours.At(7));
    }

    [Fact]
    public void A_map_shows_each_pixel_at_its_place_over_a_legend()
    {
        float[] map = new float[28 * 28];
        map[(3 * 28) + 5] = 2;
        map[(20 * 28) + 10] = 0.5f;
        Raster picture = PngPixels.Decode(ResidualPicture.Heat(map, 28, 28, Unit).ToPng());
        Assert.Equal(280, picture.Width);
        Assert.Equal(HeatColours.At(1), At(picture, 55, 35));
        Assert.Equal(HeatColours.At(0.5), At(picture, 105, 205));
        Assert.Equal(HeatColours.At(0), At(picture, 65, 35));
        Assert.Equal(HeatColours.At(0), At(picture, 0, 286));
        Assert.Equal(HeatColours.At(1), At(picture, 279, 286));
    }

    [Fact]
    public void A_scale_covers_the_set_but_not_its_hottest_pixel()
    {
        ResidualMaps maps = new(100, 100, i => [.. Enumerable.Range(0, 10_000).Select(p => p == 0 && i == 1 ? 1000f : p % 100 / 100f)]);
        ResidualScale scale = ResidualScale.Over(maps, 2);
        Assert.Equal(0, scale.Low);
        Assert.Equal(0.99, scale.High, 0.001);
        Assert.Equal((0, 1), (scale.Place(-5), scale.Place(1000)));
        Assert.Equal(new ResidualScale(0, 1), ResidualScale.Over(new ResidualMaps(1, 1, _ => [0]), 1));
    }

    [Fact]
    public void A_segmentation_is_white_where_the_residual_reaches_the_threshold()
    {
        Raster picture = PngPixels.Decode(ResidualPicture.Segmentation([0, 0.4f, 0.5f, 0.6f, 0.1f, 1], 2, 3, 0.5f));
        Assert.Equal([0, 0, 255, 255, 0, 255], picture.Samples);
    }

    [Fact]
    public void An_overlay_leaves_what_has_no_residual_as_it_is()
    {
        PlainPicture grey = new(2, 2, 1, [100, 100, 100, 100]);
        PixelCanvas overlay = ResidualPicture.Overlay(grey, [0, 1, 0, 0], Unit);
        Assert.Equal(new Rgb(100, 100, 100), overlay[10, 10]);
        Assert.NotEqual(new Rgb(100, 100, 100), overlay[overlay.Width - 10, 10]);
    }

    [Fact]
    public void A_sheet_has_the_highest_scores_first_and_three_pictures_a_row()
    {
        AnomalyReport report = AnomalyEvaluation.Evaluate(ExampleScores.Reference, ExampleScores.Candidate, ExampleScores.Labels);
        List<int> asked = [];
        Raster sheet = PngPixels.Decode(TripletSheet.Draw(report, i => Shown(i, asked), Unit, rows: 3).ToPng());
        Assert.Equal([17, 16, 15], asked);

        // Columns begin after a gap of 8, each 140 wide; rows of 102 + 24 after a header of 48.
        Assert.Equal((3 * 140) + (4 * 8), sheet.Width);
        Assert.Equal(new Rgb(17, 17, 17), At(sheet, 8 + 50, 48 + 50));
        Assert.Equal(new Rgb(200, 0, 17), At(sheet, 156 + 50, 48 + 50));
        Assert.Equal(HeatColours.At(0.25), At(sheet, 304 + 50, 48 + 50));
        Assert.Equal(new Rgb(16, 16, 16), At(sheet, 8 + 50, 48 + 126 + 50));
        Assert.True(Dark(sheet, 8, 48 + 102, 300, 22) > 200);
    }

    [Fact]
    public void Large_images_are_reduced_and_a_sheet_is_bounded()
    {
        AnomalyScores one = ExampleScores.Of([new string('x', 5000)], _ => 1);
        PlainPicture large = new(1000, 300, 3, new byte[900_000]);
        PixelCanvas sheet = TripletSheet.Draw(AnomalyEvaluation.Evaluate(null, one), _ => new Triplet(large, large, new float[300_000]), Unit);
        Assert.InRange(sheet.Width, 300, 500);
        Assert.InRange(sheet.Height, 150, 300);
    }

    [Fact]
    public void Pictures_of_another_size_are_refused()
    {
        AnomalyReport report = AnomalyEvaluation.Evaluate(null, ExampleScores.Of(["a"], _ => 1));
        PlainPicture small = new(1, 1, 1, [0]), large = new(2, 2, 1, [0, 0, 0, 0]);
        Assert.Throws<ArgumentException>(() => TripletSheet.Draw(report, _ => new Triplet(small, large, [0]), Unit));
        Assert.Throws<ArgumentException>(() => ResidualPicture.Heat([1, 2], 1, 1, Unit));
        Assert.Throws<ArgumentException>(() => new PlainPicture(1, 1, 4, new byte[4]));
    }

    [Fact]
    public void Planes_of_a_network_become_interleaved_samples()
    {
        PlainPicture picture = PlainPicture.OfPlanes(1, 2, 3, [-1, 1, 0, 2, float.NaN, -1], -1, 1);
        Assert.Equal((new Rgb(0, 128, 0), new Rgb(255, 255, 0)), (picture.At(0, 0), picture.At(1, 0)));
    }

    [Fact]
    public void Every_letter_of_the_font_differs_and_others_are_boxes()
    {
        const string letters = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.,-_/:()%+=<>?#|'!";
        Assert.Equal(letters.Length, letters.Select(Dots).Distinct().Count());
        Assert.Equal(Dots('A'), Dots('a'));
        Assert.Equal(Dots('\u202E'), Dots('\u4E00'));
        Assert.All(letters, c => Assert.NotEqual(Dots('\n'), Dots(c)));
    }

    private static Triplet Shown(int index, List<int> asked)
    {
        asked.Add(index);
        const int pixels = ExampleScores.Height * ExampleScores.Width;
        byte[] own = [.. Enumerable.Repeat((byte)index, pixels)], made = [.. Enumerable.Range(0, pixels).SelectMany(_ => new byte[] { 200, 0, (byte)index })];
        return new Triplet(
            new PlainPicture(ExampleScores.Height, ExampleScores.Width, 1, own), new PlainPicture(ExampleScores.Height, ExampleScores.Width, 3, made),
            [.. Enumerable.Repeat(0.25f, pixels)]);
    }

    private static string Dots(char c) =>
        string.Concat(Enumerable.Range(0, BitmapFont.Width * BitmapFont.Height).Select(d => BitmapFont.IsSet(c, d % BitmapFont.Width, d / BitmapFont.Width) ? '#' : '.'));

    private static int Dark(Raster picture, int left, int top, int width, int height) =>
        Enumerable.Range(top, height).Sum(y => Enumerable.Range(left, width).Count(x => At(picture, x, y) is { Green: < 100 }));

    private static Rgb At(Raster picture, int x, int y)
    {
        int at = 3 * ((y * picture.Width) + x);
        return new Rgb(picture.Samples[at], picture.Samples[at + 1], picture.Samples[at + 2]);
    }
}
