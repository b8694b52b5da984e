using System.Runtime.InteropServices;
using System.Text.Json;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Tests.Images;

/// <summary>Every resize method and normalisation against numbers from Pillow 9.4, numpy 1.24 and torch 1.13 (tests/golden/images_resize.py).</summary>
public sealed class ResizeGoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "images");
    private static readonly byte[] Numbers = File.ReadAllBytes(Path.Combine(Folder, "resize.bin"));
    private static readonly Dictionary<string, JsonElement> Cases = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(Folder, "resize.json"))).RootElement.EnumerateArray()
        .ToDictionary(c => c.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Preprocessing_equals_the_reference_libraries(string name)
    {
        JsonElement golden = Cases[name];
        PreprocessingRecipe recipe = Recipe(golden);
        int height = golden.GetProperty("height").GetInt32();
        int width = golden.GetProperty("width").GetInt32();
        int channels = golden.GetProperty("channels").GetInt32();
        int offset = golden.GetProperty("at").GetInt32();
        int sourceLength = height * width * channels;
        var preprocessor = new ImagePreprocessor(recipe);
        ReadOnlySpan<float> expected = MemoryMarshal.Cast<byte, float>(Numbers.AsSpan(offset + sourceLength, preprocessor.Length * 4));
        using DecodedImage image = DecodedImage.FromPixels(name, height, width, channels, Numbers.AsSpan(offset, sourceLength));

        var actual = new float[preprocessor.Length];
        preprocessor.Apply(image, actual);

        for (int i = 0; i < actual.Length; i++)
        {
            if (Math.Abs(actual[i] - expected[i]) > Tolerance(recipe))
                Assert.Fail($"value {i} is {actual[i]:R}, expected {expected[i]:R}");
        }
    }

    /// <summary>
    /// Nothing for nearest, TF1 and both Pillow filters. Two units in the last place of 255 where the reference itself rounds
    /// otherwise: torch's sums depend on its build, and the area reference is not rounded between its two passes.
    /// </summary>
    private static double Tolerance(PreprocessingRecipe recipe)
    {
        const double OnPixels = 3.1e-5;
        const double RoundingOfTheResult = 5e-7;
        if (recipe.Resize is not (ResizeMethod.Bilinear or ResizeMethod.Area))
            return 0;
        if (recipe.Mean is not null)
            return (OnPixels / 255 / recipe.Std!.Min()) + RoundingOfTheResult;
        return recipe.Scale is { } scale ? (OnPixels * scale) + RoundingOfTheResult : OnPixels;
    }

    private static PreprocessingRecipe Recipe(JsonElement golden) => new()
    {
        Height = golden.GetProperty("outHeight").GetInt32(),
        Width = golden.GetProperty("outWidth").GetInt32(),
        Color = Enum.Parse<ColorMode>(golden.GetProperty("color").GetString()!),
        Resize = Enum.Parse<ResizeMethod>(golden.GetProperty("resize").GetString()!),
        ShorterSide = golden.TryGetProperty("shorterSide", out JsonElement side) ? side.GetInt32() : null,
        Scale = golden.TryGetProperty("scale", out JsonElement scale) ? scale.GetDouble() : null,
        Offset = golden.TryGetProperty("offset", out JsonElement offset) ? offset.GetDouble() : null,
        Mean = List(golden, "mean"),
        Std = List(golden, "std"),
    };

    private static List<double>? List(JsonElement golden, string name) =>
        golden.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(v => v.GetDouble())] : null;
}
