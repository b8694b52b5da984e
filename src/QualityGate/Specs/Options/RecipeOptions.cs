using System.Text.Json.Nodes;

namespace QualityGate.Specs.Options;

/// <summary>The keys of an extractor recipe.</summary>
internal static class RecipeOptions
{
    private const int LargestSide = 4096;

    public static readonly Option<string> Model = new(
        "model",
        new TextKind("a path to a .onnx file"),
        "The model. Relative to this file. A recipe beside a model, found by the model's name, may leave it out.");

    public static readonly Option<Syntax.SpecNode> Input = new(
        "input", new SectionKind("a map", static () => Option.MapSchema(InputKeys!)), "How an image becomes the model's input.")
    { IsRequired = true };

    public static readonly Option<Syntax.SpecNode> Outputs = new(
        "outputs",
        new SectionKind("a map", static () => Option.MapSchema(OutputKeys!)),
        "Which tensors of the graph are read, inner ones too. At least one of the two.")
    { IsRequired = true };

    public static readonly Option<bool> Pool = new(
        "pool",
        new ChoiceKind<bool>(("none", false), ("mean", true)),
        "What happens to features that still have height and width: mean averages them.")
    { DefaultValue = false };

    public static readonly Option<string> InputName = new(
        "name", new TextKind("the name of a model input"), "Name of the model's input; not needed when it has one.");

    public static readonly Option<ColorMode> Color = new(
        "color",
        new ChoiceKind<ColorMode>(("gray", ColorMode.Gray), ("rgb", ColorMode.Rgb), ("bgr", ColorMode.Bgr)),
        "Channels of the input, in this order.")
    { DefaultValue = ColorMode.Rgb };

    public static readonly Option<(int Height, int Width)> Size = new(
        "size", new ImageSizeKind(LargestSide), "Size of the input: [height, width], or one number for both.")
    { IsRequired = true };

    public static readonly Option<ResizeMethod> Resize = new(
        "resize",
        new ChoiceKind<ResizeMethod>(
            ("none", ResizeMethod.None),
            ("nearest", ResizeMethod.Nearest),
            ("bilinear", ResizeMethod.Bilinear),
            ("bilinear-tf1", ResizeMethod.BilinearTf1),
            ("bilinear-antialias", ResizeMethod.BilinearAntialias),
            ("bicubic-antialias", ResizeMethod.BicubicAntialias),
            ("bilinear-pillow", ResizeMethod.BilinearPillow),
            ("bicubic-pillow", ResizeMethod.BicubicPillow),
            ("area", ResizeMethod.Area)),
        "How images are brought to the size; with none they must have it.")
    { DefaultValue = ResizeMethod.None };

    public static readonly Option<long> ShorterSide = new(
        "shorter_side",
        new IntegerKind(1, LargestSide),
        "Resize the shorter side to this many pixels first, then cut the centre out.");

    public static readonly Option<double> Scale = new(
        "scale", new NumberKind(), "Input = pixel * scale + offset, with pixels in 0..255. 1 when not given, unless mean and std are.");

    public static readonly Option<double> Offset = new(
        "offset", new NumberKind(), "See scale. 0 when not given.");

    public static readonly Option<IReadOnlyList<double>> Mean = new(
        "mean", new NumberListKind(new NumberKind()), "Input = (pixel / 255 - mean) / std, a number for each channel. Instead of scale and offset.");

    public static readonly Option<IReadOnlyList<double>> Std = new(
        "std", new NumberListKind(new NumberKind { Minimum = 0, AboveMinimum = true }), "See mean.");

    public static readonly Option<bool> Orientation = new(
        "orientation", new BooleanKind(), "Turn images as their EXIF orientation says. The metric libraries do not.")
    { DefaultValue = false };

    public static readonly IReadOnlyList<Option> InputKeys =
    [
        InputName, Color, Size, Resize, ShorterSide, Scale, Offset, Mean, Std, Orientation,
    ];

    public static readonly Option<string> FeaturesOutput = new(
        "features", new TextKind("the name of a tensor"), "Tensor that holds the features.");

    public static readonly Option<string> LogitsOutput = new(
        "logits", new TextKind("the name of a tensor"), "Tensor that holds class logits, for the Inception Score.");

    public static readonly IReadOnlyList<Option> OutputKeys = [FeaturesOutput, LogitsOutput];

    public static readonly IReadOnlyList<Option> All = [Model, Input, Outputs, Pool];

    public static JsonObject Schema(bool isModelRequired)
    {
        JsonObject schema = Option.MapSchema(All);
        if (isModelRequired)
            schema["required"]!.AsArray().Insert(0, Model.Key);
        return schema;
    }
}
