using System.Text.Json;
using QualityGate.Images.Pictures;

namespace QualityGate.Tests.Tool;

public sealed class MaskTests
{
    [Fact]
    public void Masked_images_are_measured_under_a_fingerprint_of_their_own()
    {
        using ToolRun tool = new();
        WriteSets(tool);
        string[] measure = ["measure", "-r", "real", "-c", "made", "-e", "random-vgg16", "-m", "prdc", "--format", "json"];
        using JsonDocument plain = Measure(tool, measure), none = Measure(tool, [.. measure, "--masks", "masks", "--mask-mode", "none"]);
        using JsonDocument hard = Measure(tool, [.. measure, "--masks", "masks"]), soft = Measure(tool, [.. measure, "--masks", "masks", "--mask-mode", "soft:0.5"]);
        Assert.Equal(Extractor(plain), Extractor(none));
        Assert.Equal(("random-vgg16+hard", "random-vgg16+soft:0.5"), (Extractor(hard).Name, Extractor(soft).Name));
        Assert.Equal(3, new[] { plain, hard, soft }.Select(r => Extractor(r).Fingerprint).Distinct().Count());

        Assert.Contains("have a mask without object: 1 (empty.png)", hard.RootElement.GetProperty("notes").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mask-mode", "hard", "QG4805")]
    [InlineData("--masks", "nowhere", "QG4001")]
    [InlineData("--candidate-masks", "masks", "QG4803")]
    public void What_cannot_be_masked_is_an_error(string option, string value, string code)
    {
        using ToolRun tool = new();
        WriteSets(tool);
        ToolRun.Answer answer = tool.Run("measure", "-r", "real", "-c", "made", "-e", "random-vgg16", "-m", "prdc", option, value);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(code, answer.Error, StringComparison.Ordinal);
    }

    private static JsonDocument Measure(ToolRun tool, string[] arguments)
    {
        ToolRun.Answer answer = tool.Run(arguments);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return JsonDocument.Parse(answer.Output);
    }

    private static (string? Name, string? Fingerprint) Extractor(JsonDocument result)
    {
        JsonElement extractor = result.RootElement.GetProperty("extractor");
        return (extractor.GetProperty("name").GetString(), extractor.GetProperty("fingerprint").GetString());
    }

    private static void WriteSets(ToolRun tool)
    {
        for (int i = 0; i < 8; i++)
        {
            Picture(tool, $"real/{i}.png", (y, x) => Inside(y, x) ? 200 + i : 10 * i);
            Picture(tool, $"made/{i}.png", (y, x) => Inside(y, x) ? 200 + i : 250 - (10 * i));
            Picture(tool, $"masks/{i}.png", (y, x) => Inside(y, x) ? 255 : 0);
        }

        Picture(tool, "made/empty.png", (y, x) => 7 * y);
        Picture(tool, "masks/empty.png", (_, _) => 0);
    }

    private static bool Inside(int y, int x) => y is > 3 and < 12 && x is > 3 and < 12;

    private static void Picture(ToolRun tool, string name, Func<int, int, int> at)
    {
        string path = Path.Combine(tool.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngEncoder.Encode(16, 16, 1, [.. Enumerable.Range(0, 256).Select(i => (byte)at(i / 16, i % 16))]));
    }
}
