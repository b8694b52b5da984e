using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Samples;

public sealed class SceneTests
{
    public static TheoryData<string> ClassNames => [.. ObjectClass.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(ClassNames))]
    public void Another_background_leaves_the_object_as_it_is(string name)
    {
        ObjectClass shown = ObjectClass.All.Single(one => one.Name == name);
        (Raster onClouds, Raster mask) = new Scene(shown, BackgroundKind.Clouds, 7).Draw();
        (Raster onStripes, Raster sameMask) = new Scene(shown, BackgroundKind.Stripes, 7).Draw();

        Assert.Equal(mask.Samples, sameMask.Samples);
        int[] inside = [.. Enumerable.Range(0, mask.Samples.Length).Where(at => IsDeepInside(mask, at))];
        Assert.InRange(inside.Length, 300, 3000);
        Assert.All(inside, at => Assert.Equal(onClouds.Samples[(3 * at)..(3 * at + 3)], onStripes.Samples[(3 * at)..(3 * at + 3)]));
        Assert.NotEqual(onClouds.Samples, onStripes.Samples);
    }

    [Theory]
    [MemberData(nameof(ClassNames))]
    public void The_object_stands_out_from_its_background(string name)
    {
        ObjectClass shown = ObjectClass.All.Single(one => one.Name == name);
        (Raster picture, Raster mask) = new Scene(shown, BackgroundKind.Gradient, 11).Draw();

        double[] inside = MeanColor(picture, mask, 255), outside = MeanColor(picture, mask, 0);

        Assert.True(inside.Zip(outside, (a, b) => Math.Abs(a - b)).Max() > 20);
    }

    [Fact]
    public void A_mask_is_black_and_white_with_both()
    {
        (_, Raster mask) = new Scene(ObjectClass.All[0], BackgroundKind.Blobs, 3).Draw();

        Assert.Equal(1, mask.Channels);
        Assert.Equal(new byte[] { 0, 255 }, mask.Samples.Distinct().Order());
    }

    [Fact]
    public void Blurring_a_flat_image_changes_nothing()
    {
        var flat = new Raster(5, 4, 3, [.. Enumerable.Repeat((byte)201, 60)]);

        Assert.Equal(flat.Samples, Blur.Apply(flat, 50).Samples);
    }

    [Fact]
    public void One_blurring_pass_spreads_a_point_as_one_two_one_along_both_axes()
    {
        var point = new Raster(3, 3, 1, [0, 0, 0, 0, 160, 0, 0, 0, 0]);

        Assert.Equal([10, 20, 10, 20, 40, 20, 10, 20, 10], Blur.Apply(point, 1).Samples);
    }

    private static bool IsDeepInside(Raster mask, int at)
    {
        int x = at % mask.Width, y = at / mask.Width;
        if (x == 0 || y == 0 || x == mask.Width - 1 || y == mask.Height - 1) return false;
        return Enumerable.Range(0, 9).All(i => mask.Samples[(y + i / 3 - 1) * mask.Width + x + i % 3 - 1] == 255);
    }

    private static double[] MeanColor(Raster picture, Raster mask, byte where)
    {
        int[] places = [.. Enumerable.Range(0, mask.Samples.Length).Where(at => mask.Samples[at] == where)];
        return [.. Enumerable.Range(0, 3).Select(channel => places.Average(at => (double)picture.Samples[3 * at + channel]))];
    }
}
