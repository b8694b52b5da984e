using System.Text.Json;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

public sealed class NetworkRecipeTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "recipes");
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "fid-inputs.json"))).RootElement;

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (JsonProperty recipe in Golden.GetProperty("cases").EnumerateObject())
            {
                cases.Add(recipe.Name, "small");
                cases.Add(recipe.Name, "jpeg");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recipes_feed_what_the_implementations_they_are_named_after_feed(string name, string source)
    {
        double[] actual = Feed(name, source);
        JsonElement golden = Golden.GetProperty("cases").GetProperty(name).GetProperty(source);
        int step = Golden.GetProperty("step").GetInt32(), at = 0;
        foreach (JsonElement expected in golden.GetProperty("values").EnumerateArray())
        {
            Assert.Equal(expected.GetDouble(), actual[at], 1e-5);
            at += step;
        }

        Assert.Equal(golden.GetProperty("mean").GetDouble(), actual.Average(), 1e-6);
        Assert.Equal(golden.GetProperty("norm").GetDouble(), Math.Sqrt(actual.Sum(v => v * v)), 1e-2);
    }

    [Fact]
    public void The_three_of_FID_differ_from_each_other()
    {
        double[][] inputs = [Feed("pytorch-fid", "small"), Feed("torch-fidelity", "small"), Feed("clean-fid", "small")];
        Assert.True(Distance(inputs[0], inputs[1]) > 1);
        Assert.True(Distance(inputs[0], inputs[2]) > 1);
        Assert.True(Distance(inputs[1], inputs[2]) > 1);

        static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
    }

    [Fact]
    public void Every_recipe_is_one_that_the_reader_accepts()
    {
        using TemporaryFolder folder = new();
        folder.Write("m.onnx", "x");
        Assert.All(NetworkRecipes.Names, name => Assert.Equal(name, RecipeReader.Read(folder.Write(name + ".extractor.yaml", NetworkRecipes.Write(name, "m.onnx"))).Name));
        folder.Write("it's: #1.onnx", "x");
        Assert.EndsWith("it's: #1.onnx", RecipeReader.Read(folder.Write("odd.extractor.yaml", NetworkRecipes.Write("clip", "it's: #1.onnx"))).ModelPath, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NetworkRecipes.Write("none", "m.onnx"));
    }

    private static double[] Feed(string name, string source)
    {
        using TemporaryFolder folder = new();
        folder.Write("m.onnx", "x");
        PreprocessingRecipe recipe = RecipeReader.Read(folder.Write("r.extractor.yaml", NetworkRecipes.Write(name, "m.onnx"))).Preprocessing;
        using DecodedImage image = source == "jpeg"
            ? ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(Folder, "image.jpg")), "image.jpg")
            : DecodedImage.FromPixels("image", Golden.GetProperty("height").GetInt32(), Golden.GetProperty("width").GetInt32(), 3, File.ReadAllBytes(Path.Combine(Folder, "image.bin")));
        ImagePreprocessor preprocessor = new(recipe);
        float[] values = new float[preprocessor.Length];
        preprocessor.Apply(image, values);
        return Array.ConvertAll(values, v => (double)v);
    }
}
