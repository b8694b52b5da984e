using QualityGate.Anomaly.Inpainting;
using QualityGate.Anomaly.Search;
using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Tests.Anomaly.Search;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Anomaly.Inpainting;

public sealed class InpaintingTests
{
    private static readonly TinyPair Pair = new();

    [Fact]
    public void Poisson_blending_undoes_a_shift_of_brightness_exactly()
    {
        var random = new Random(1);
        float[] image = [.. Enumerable.Range(0, 15 * 11).Select(_ => (float)random.NextDouble())];
        float[] shifted = Array.ConvertAll(image, value => value + 0.4f);
        bool[] hole = [.. Enumerable.Range(0, image.Length).Select(i => i % 11 is > 3 and < 8 && i / 11 is > 2 and < 12)];
        float[] blended = PoissonBlend.Channel(image, shifted, hole, 11);
        Assert.All(image.Zip(blended), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void A_hole_at_the_border_and_one_that_is_everything_are_filled()
    {
        float[] flat = new float[25], ramp = [.. Enumerable.Range(0, 25).Select(i => (float)(i % 5))];
        bool[] left = [.. Enumerable.Range(0, 25).Select(i => i % 5 < 2)];
        float[] blended = PoissonBlend.Channel(flat, ramp, left, 5);
        Assert.All(Enumerable.Range(0, 25), i => Assert.Equal(i % 5 < 2 ? (i % 5) - 2 : 0, blended[i], 1e-5));
        Assert.Equal(ramp, PoissonBlend.Channel(flat, ramp, [.. Enumerable.Repeat(true, 25)], 5));
        Assert.Equal(flat, PoissonBlend.Channel(flat, ramp, new bool[25], 5));
    }

    [Fact]
    public void Known_pixels_weigh_the_holes_share_of_their_window()
    {
        bool[] hole = new bool[49];
        hole[24] = true;
        float[] weights = Inpainter.Weights(hole, 7, 7, 3);
        Assert.Equal(0, weights[24]);
        Assert.Equal(1f / 9, weights[23]);
        Assert.Equal(1f / 9, weights[16]);
        Assert.Equal(0, weights[0]);
        Assert.All(Inpainter.Weights(new bool[9], 3, 3, 7), weight => Assert.Equal(1, weight));
    }

    [Theory]
    [InlineData(Blending.Poisson, 0.15)]
    // The images of this pair are rough: fading in the nearest known pixels costs.
    [InlineData(Blending.Alpha, 0.8)]
    [InlineData(Blending.None, 0.15)]
    public void A_hole_in_an_image_that_the_generator_knows_is_filled_with_what_was_there(Blending blending, double tolerance)
    {
        using var inpainter = new Inpainter(Pair.Generator, Pair.Discriminator, 6, 6, new InpaintingOptions
        {
            Search = new LatentSearchOptions { Steps = 600, Restarts = 8, LearningRate = 0.03 },
            Blending = blending,
        });
        var random = new Random(2);
        double error = 0;
        for (int round = 0; round < 5; round++)
        {
            float[] image = Array.ConvertAll(Pair.Generate([.. Enumerable.Range(0, 4).Select(_ => (random.NextDouble() * 2) - 1)]), v => (float)v);
            bool[] hole = [.. Enumerable.Range(0, 36).Select(i => i % 6 is 2 or 3 && i / 6 is 2 or 3)];
            float[] given = [.. image.Select((value, i) => hole[i] ? 9f : value)];
            Inpainted filled = inpainter.Fill(given, hole);
            Assert.All(Enumerable.Range(0, 36).Where(i => !hole[i]), i => Assert.Equal(image[i], filled.Blended[i]));
            error += Enumerable.Range(0, 36).Where(i => hole[i]).Average(i => Math.Abs(image[i] - filled.Blended[i])) / 5;
        }

        Assert.True(error < tolerance, $"mean error {error:0.000}");
    }

    [Fact]
    public void The_command_fills_every_image_that_has_a_mask_and_draws_a_sheet()
    {
        using var files = new AnomalyFolderFixture();
        byte[] mask = new byte[36];
        mask[14] = mask[15] = 255;
        files.Save("holes/good/12.png", mask);
        files.Save("holes/good/13.png", mask);
        string[] command = ["inpaint", "candidate", "--masks", "holes", "--generator", "generator.onnx", "--recipe", "discriminator.extractor.yaml", "--steps", "100", "-o", "filled"];
        ToolRun.Answer answer = files.Tool.Run(command);
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Equal(2, answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        using DecodedImage filled = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(files.Tool.Folder, "filled", "good", "12.png")), "12.png");
        using DecodedImage given = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(files.Tool.Folder, "candidate", "good", "12.png")), "12.png");
        Assert.All(Enumerable.Range(0, 36).Where(i => mask[i] == 0), i => Assert.Equal(given.Pixels[i], filled.Pixels[i]));
        Assert.True(File.Exists(Path.Combine(files.Tool.Folder, "filled", "sheet.png")));

        ToolRun.Answer own = files.Tool.Run([.. command[..^1], "candidate"]);
        Assert.Equal(2, own.ExitCode);
        Assert.Contains("also where images or masks are read", own.Error, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(files.Tool.Folder, "holes"), recursive: true);
        files.Save("holes/other.png", mask);
        ToolRun.Answer none = files.Tool.Run(command);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains(DataErrors.NoMasks.Id, none.Error, StringComparison.Ordinal);
    }
}
