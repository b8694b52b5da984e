namespace QualityGate.Specs;

/// <summary>
/// How the networks that people compare by are fed, each as a public implementation does it. Feeding the same network otherwise gives other numbers:
/// so each way is a recipe of its own name, and its fingerprint another one.
/// </summary>
public static class NetworkRecipes
{
    // ImageNet's means and deviations, and CLIP's own, on 0..1.
    private const string ImageNet = "  mean: [0.485, 0.456, 0.406]\n  std: [0.229, 0.224, 0.225]\n";
    private const string ClipScale = "  mean: [0.48145466, 0.4578275, 0.40821073]\n  std: [0.26862954, 0.26130258, 0.27577711]\n";

    // (x - 128) / 128, as the TensorFlow graph of 2015 begins; pytorch-fid takes 2x - 1 on 0..1 instead.
    private const string Tensorflow = "  scale: 0.0078125\n  offset: -1\n";
    private const string TwoXMinusOne = "  scale: 0.00784313725490196\n  offset: -1\n";
    private const string BothOutputs = "outputs: { features: features, logits: logits }\n";
    private const string FeaturesOnly = "outputs: { features: features }\n";

    private static readonly (string Name, string Source, string Text)[] Known =
    [
        ("pytorch-fid", "mseitzer/pytorch-fid: torch's bilinear without antialiasing to 299, 2x - 1", Input("299", "bilinear", TwoXMinusOne) + BothOutputs),
        ("torch-fidelity", "toshas/torch-fidelity and the TensorFlow graph of 2015: bilinear without half pixels to 299, (x - 128) / 128", Input("299", "bilinear-tf1", Tensorflow) + BothOutputs),
        ("clean-fid", "GaParmar/clean-fid: Pillow's bicubic in float to 299, not rounded, (x - 128) / 128", Input("299", "bicubic-antialias", Tensorflow) + BothOutputs),
        ("sfid", "guided-diffusion's sFID: torch-fidelity's input, the first 7 channels of mixed_6/conv", Input("299", "bilinear-tf1", Tensorflow) + "outputs: { features: spatial }\n"),
        ("vgg16", "torchvision's classifier up to fc2 after ReLU, resized to 224 x 224 as torchvision resizes files", Input("224", "bilinear-pillow", ImageNet) + BothOutputs),
        ("dinov2", "dgm-eval: Pillow's bicubic to 224 x 224, ImageNet's scale", Input("224", "bicubic-pillow", ImageNet) + FeaturesOnly),
        ("clip", "openai/CLIP: shorter side to 224 by Pillow's bicubic, centre of 224 x 224", Input("224", "bicubic-pillow", "  shorter_side: 224\n" + ClipScale) + FeaturesOnly),
        ("clip-336", "openai/CLIP at 336: shorter side to 336 by Pillow's bicubic, centre of 336 x 336", Input("336", "bicubic-pillow", "  shorter_side: 336\n" + ClipScale) + FeaturesOnly),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    /// <summary>A recipe as the text of a <c>.extractor.yaml</c> file.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="model">File name of the model beside the recipe.</param>
    /// <exception cref="ArgumentException">No recipe has this name.</exception>
    public static string Write(string name, string model)
    {
        foreach ((string known, string source, string text) in Known)
        {
            if (known == name)
                return $"# {source}\nmodel: {Quoted(model)}\n{text}";
        }

        throw new ArgumentException($"no recipe is called {name}", nameof(name));
    }

    // Any file name is one YAML scalar in single quotes.
    private static string Quoted(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/') && text.Length > 0 && char.IsAsciiLetterOrDigit(text[0])
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Input(string size, string resize, string scale) => $"input:\n  color: rgb\n  size: {size}\n  resize: {resize}\n{scale}";
}
