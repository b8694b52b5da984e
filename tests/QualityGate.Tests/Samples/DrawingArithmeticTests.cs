using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Samples;

public sealed class DrawingArithmeticTests
{
    [Fact]
    public void The_random_source_gives_the_published_numbers_of_SplitMix64()
    {
        // Seed 1234567 of the Rosetta Code task "Pseudo-random numbers/Splitmix64".
        var random = new RandomSource(1234567);

        Assert.Equal(6457827717110365317UL, random.NextBits());
        Assert.Equal(3203168211198807973UL, random.NextBits());
        Assert.Equal(9817491932198370423UL, random.NextBits());
    }

    [Theory]
    [InlineData("", 0xCBF29CE484222325)]
    [InlineData("a", 0xAF63DC4C8601EC8C)]
    [InlineData("foobar", 0x85944171F73967E8)]
    public void The_seed_of_a_name_is_its_published_FNV_1a_hash(string name, ulong seed)
    {
        Assert.Equal(seed, RandomSource.SeedOf(name));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.0 / 12, 0.5)]
    [InlineData(0.25, 1)]
    [InlineData(-0.25, -1)]
    [InlineData(0.5, 0)]
    [InlineData(7.75, -1)]
    public void Sines_of_well_known_angles_are_right(double turns, double sine)
    {
        Assert.Equal(sine, Angle.Sin(turns), 1e-9);
    }

    [Fact]
    public void Sine_and_cosine_agree_with_the_platform_to_nine_digits()
    {
        for (int i = -1000; i <= 1000; i++)
        {
            double turns = i / 317.0;
            Assert.Equal(Math.Sin(2 * Math.PI * turns), Angle.Sin(turns), 1e-9);
            Assert.Equal(Math.Cos(2 * Math.PI * turns), Angle.Cos(turns), 1e-9);
        }
    }

    [Theory]
    [InlineData(0.0, 1, 0, 0)]
    [InlineData(1.0 / 6, 1, 1, 0)]
    [InlineData(1.0 / 3, 0, 1, 0)]
    [InlineData(2.0 / 3, 0, 0, 1)]
    [InlineData(-1.0 / 12, 1, 0, 0.5)]
    public void Pure_hues_are_where_the_colour_wheel_has_them(double hue, double red, double green, double blue)
    {
        Rgb color = Rgb.FromHsv(hue, 1, 1);

        Assert.Equal(red, color.Red, 1e-12);
        Assert.Equal(green, color.Green, 1e-12);
        Assert.Equal(blue, color.Blue, 1e-12);
    }

    [Fact]
    public void Noise_meets_its_lattice_values_from_both_sides()
    {
        var noise = new ValueNoise(5);

        Assert.Equal(noise.At(-3, 2), noise.At(-3 - 1e-9, 2 + 1e-9), 1e-6);
        Assert.NotEqual(noise.At(-3, 2), noise.At(2, -3));
    }
}
