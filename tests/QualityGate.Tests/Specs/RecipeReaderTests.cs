using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

public sealed class RecipeReaderTests : IDisposable
{
    private const string Fashion = """
        model: fashion_D.onnx
        input:
          name: image
          color: gray
          size: [28, 32]
          resize: none
          scale: 0.00784313725490196
          offset: -1
        outputs: { features: feat, logits: ~ }
        """;

    private readonly TemporaryFolder _folder = new();

    public RecipeReaderTests() => _folder.Write("fashion_D.onnx", "not read here");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_key_of_a_recipe_is_read()
    {
        ExtractorRecipe recipe = RecipeReader.Read(_folder.Write("fashion.extractor.yaml", Fashion + "\npool: mean\n"));

        Assert.Equal("fashion", recipe.Name);
        Assert.Equal(Path.Combine(_folder.Path, "fashion_D.onnx"), recipe.ModelPath);
        Assert.Equal("image", recipe.InputName);
        Assert.Equal(("feat", null), (recipe.FeaturesOutput, recipe.LogitsOutput));
        Assert.True(recipe.PoolMean);
        Assert.Null(recipe.BuiltIn);
        PreprocessingRecipe input = recipe.Preprocessing;
        Assert.Equal((ColorMode.Gray, 28, 32, ResizeMethod.None), (input.Color, input.Height, input.Width, input.Resize));
        Assert.Equal((0.00784313725490196, -1.0), (input.Scale, input.Offset));
        Assert.Null(input.Mean);
    }

    [Fact]
    public void What_is_left_out_has_the_documented_defaults()
    {
        PreprocessingRecipe input = Read("model: fashion_D.onnx\ninput: { size: 64 }\noutputs: { logits: y }\n").Preprocessing;
        Assert.Equal(
            (ColorMode.Rgb, 64, 64, ResizeMethod.None, null, 1.0, 0.0, false),
            (input.Color, input.Height, input.Width, input.Resize, input.ShorterSide, input.Scale, input.Offset, input.ApplyOrientation));
    }

    [Fact]
    public void Mean_and_std_take_the_place_of_scale_and_offset()
    {
        PreprocessingRecipe input = Read("""
            model: fashion_D.onnx
            input: { size: 224, resize: bicubic-antialias, shorter_side: 256, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], orientation: true }
            outputs: { features: f }
            """).Preprocessing;
        Assert.Equal((256, true, null, null), (input.ShorterSide, input.ApplyOrientation, input.Scale, input.Offset));
        Assert.Equal([0.485, 0.456, 0.406], input.Mean);
        Assert.Equal([0.229, 0.224, 0.225], input.Std);
    }

    [Theory]
    [InlineData("size: 64, colour: gray", "unknown key `colour`; did you mean `color`?")]
    [InlineData("color: gray", "`size` is missing; it is [height, width] in pixels, or one number for both")]
    [InlineData("size: [64]", "`size` must be [height, width] in pixels, or one number for both, but is a list")]
    [InlineData("size: 0", "`size` must be a whole number from 1 to 4096, but is `0`")]
    [InlineData("size: 64.5", "`size` must be [height, width] in pixels, or one number for both, but is `64.5`")]
    [InlineData("size: 64, resize: bilinear-antialas", "`resize` must be one of none, nearest, bilinear, bilinear-tf1, bilinear-antialias, bicubic-antialias, bilinear-pillow, bicubic-pillow, area, but is the text `bilinear-antialas`; did you mean `bilinear-antialias`?")]
    [InlineData("size: 64, shorter_side: 80", "`shorter_side` needs a `resize` other than none")]
    [InlineData("size: 64, resize: area, shorter_side: 32", "`shorter_side` is 32, too small to cut 64 x 64 out of it")]
    [InlineData("size: 64, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]", "`mean` and `scale` exclude each other")]
    [InlineData("size: 64, mean: [0, 0, 0]", "`mean` and `std` are given together or not at all")]
    [InlineData("size: 64, color: gray, mean: [0, 0, 0], std: [1]", "`mean` has 3 numbers for 1 channels")]
    [InlineData("size: 64, mean: [0, 0, 0], std: [1, 1, 0]", "`std` must be a number above 0, but is `0`")]
    [InlineData("size: 64, orientation: yes", "`orientation` must be true or false, but is the text `yes`")]
    public void A_wrong_input_is_refused(string input, string expected) =>
        Assert.Equal(expected, ErrorOf($"model: fashion_D.onnx\ninput: {{ {input} }}\noutputs: {{ features: f }}\n").Message);

    [Theory]
    [InlineData("input: { size: 8 }\noutputs: { features: f }", "`model` is missing; it is a path to a .onnx file")]
    [InlineData("model: fashion_D.onnx\noutputs: { features: f }", "`input` is missing; it is a map")]
    [InlineData("model: fashion_D.onnx\ninput: { size: 8 }", "`outputs` is missing; it is a map")]
    [InlineData("model: fashion_D.onnx\ninput: { size: 8 }\noutputs: { logits: ~ }", "`outputs` must name `features`, `logits` or both")]
    [InlineData("model: fashion_D.onnx\ninput: 8\noutputs: { features: f }", "`input` must be a map, but is `8`")]
    [InlineData("model: gone.onnx\ninput: { size: 8 }\noutputs: { features: f }", "the model `gone.onnx` does not exist")]
    [InlineData("model: weights.pth\ninput: { size: 8 }\noutputs: { features: f }", "`model` must be a path to a .onnx file, but is `weights.pth`")]
    [InlineData("model: fashion_D.onnx\ninput: { size: 8 }\noutputs: { features: f }\npool: max", "`pool` must be one of none, mean, but is the text `max`")]
    [InlineData("- 1", "a recipe is a map of keys such as `model:`, but this is a list")]
    [InlineData("builtin: random-vgg61", "`builtin` must be one of random-vgg16, but is the text `random-vgg61`; did you mean `random-vgg16`?")]
    public void A_wrong_recipe_is_refused(string text, string expected) => Assert.Equal(expected, ErrorOf(text).Message);

    [Fact]
    public void A_recipe_beside_the_model_is_found_by_the_models_name()
    {
        _folder.Write("fashion_D.extractor.yaml", "input: { size: 28 }\noutputs: { features: f }\n");
        ExtractorRecipe recipe = ExtractorSource.Resolve("fashion_D.onnx", _folder.Path);
        Assert.Equal(("fashion_D", Path.Combine(_folder.Path, "fashion_D.onnx")), (recipe.Name, recipe.ModelPath));
    }

    [Fact]
    public void A_recipe_beside_one_model_may_not_be_for_another()
    {
        _folder.Write("other.onnx", "");
        _folder.Write("fashion_D.onnx.extractor.yaml", "model: other.onnx\ninput: { size: 28 }\noutputs: { features: f }\n");
        UserErrorException error = Assert.Throws<UserErrorException>(() => ExtractorSource.Resolve("fashion_D.onnx", _folder.Path));
        Assert.Equal("this recipe lies beside `fashion_D.onnx` but is for another model", error.Message);
    }

    [Fact]
    public void A_model_without_a_recipe_says_which_file_to_write()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => ExtractorSource.Resolve("fashion_D.onnx", _folder.Path));
        Assert.Equal(SpecErrors.NoRecipe, error.Code);
        Assert.Equal("nothing says how to feed `fashion_D.onnx`; write `fashion_D.extractor.yaml` beside it", error.Message);
    }

    [Fact]
    public void The_built_in_needs_no_file_and_takes_parameters()
    {
        Assert.Equal(BuiltInExtractors.DefaultParameters, ExtractorSource.Resolve("random-vgg16", _folder.Path).BuiltIn);
        ExtractorRecipe wide = Read("builtin: random-vgg16\nwidth: 1\nsize: 96\nfeatures: 128\nseed: 4294967295\n");
        Assert.Equal(new BuiltInParameters(1, 96, 128, 4294967295), wide.BuiltIn);
        Assert.Equal((96, 96), (wide.Preprocessing.Height, wide.Preprocessing.Width));
        Assert.Equal("r", wide.Name);
    }

    [Fact]
    public void A_recipe_can_stand_in_the_spec_and_keeps_the_specs_places()
    {
        string text = SpecText.Start + "extractor:\n  model: fashion_D.onnx\n  input: { size: 28, color: gray }\n  outputs: { features: f }\n";
        string path = Path.Combine(_folder.Path, "qualitygate.yaml");
        Assert.Equal("fashion_D", SpecReader.Parse(text, path, new KnownMetrics()).Extractor?.Name);

        UserErrorException error = Assert.Throws<UserErrorException>(
            () => SpecReader.Parse(text.Replace("gray", "grey", StringComparison.Ordinal), path, new KnownMetrics()));
        Assert.Equal((6, 29), (error.Location?.Line, error.Location?.Column));
    }

    [Fact]
    public void A_mistake_in_a_recipe_is_shown_at_its_place_in_the_recipe_beside_those_of_the_spec()
    {
        string recipe = _folder.Write("f.extractor.yaml", "model: fashion_D.onnx\ninput: { size: 8 }\noutputs: {}\n");
        UserErrorException error = Assert.Throws<UserErrorException>(() => SpecReader.Parse(
            SpecText.Start + "extractor: f.extractor.yaml\nconfidence: 1\n", Path.Combine(_folder.Path, "qualitygate.yaml"), new KnownMetrics()));
        Assert.Equal(2, error.Problems.Count);
        Assert.Contains(new SourceLocation(recipe, 3, 10), error.Problems.Select(p => p.Location));
    }

    private ExtractorRecipe Read(string text) => RecipeReader.Read(_folder.Write("r.extractor.yaml", text));

    private UserErrorException ErrorOf(string text) => Assert.Throws<UserErrorException>(() => Read(text));
}
