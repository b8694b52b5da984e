namespace QualityGate.Specs;

/// <summary>How an image becomes a model's input.</summary>
public enum ResizeMethod
{
    /// <summary>The image must already have the model's size.</summary>
    None,

    /// <summary>Nearest neighbour, <c>floor(dst * in / out)</c>, as torch.nn.functional.interpolate(mode="nearest").</summary>
    Nearest,

    /// <summary>Half-pixel centres, two taps, no antialiasing: torch.nn.functional.interpolate(align_corners=False).</summary>
    Bilinear,

    /// <summary><c>src = dst * in / out</c>, no half pixel, no antialiasing: TensorFlow 1's resize_bilinear.</summary>
    BilinearTf1,

    /// <summary>Pillow's BILINEAR filter in float32 per channel, clipped to 0..255, not rounded.</summary>
    BilinearAntialias,

    /// <summary>Pillow's BICUBIC filter in float32 per channel, clipped to 0..255, not rounded (clean-fid).</summary>
    BicubicAntialias,

    /// <summary>Pillow's BILINEAR filter on 8-bit images, rounded to whole levels: what torchvision's Resize does to files.</summary>
    BilinearPillow,

    /// <summary>Pillow's BICUBIC filter on 8-bit images, rounded to whole levels: CLIP, DINOv2 and most vision transformers.</summary>
    BicubicPillow,

    /// <summary>Mean over the source area of each output pixel (OpenCV's INTER_AREA, adaptive average pooling by exact area).</summary>
    Area,
}

/// <summary>Order and number of an input's channels.</summary>
public enum ColorMode
{
    /// <summary>One channel, ITU-R 601-2 luma as Pillow's convert("L").</summary>
    Gray,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}

/// <summary>Everything done to an image between its pixels (0..255) and the model's input tensor.</summary>
public sealed record PreprocessingRecipe
{
    /// <summary>Channels of the input.</summary>
    public ColorMode Color { get; init; } = ColorMode.Rgb;

    /// <summary>Input height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Input width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>How the image is brought to that size.</summary>
    public ResizeMethod Resize { get; init; } = ResizeMethod.None;

    /// <summary>When set, the shorter side is resized to this many pixels first and the centre <see cref="Height"/> x <see cref="Width"/> is cut out.</summary>
    public int? ShorterSide { get; init; }

    /// <summary>Value = pixel * Scale + Offset, pixel in 0..255; null when mean and std are given.</summary>
    public double? Scale { get; init; }

    /// <summary>See <see cref="Scale"/>.</summary>
    public double? Offset { get; init; }

    /// <summary>Value = (pixel / 255 - mean) / std per channel, in the channel order of <see cref="Color"/>; null when scale and offset are given.</summary>
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>See <see cref="Mean"/>.</summary>
    public IReadOnlyList<double>? Std { get; init; }

    /// <summary>Turn the image as its EXIF orientation says. Off by default, as the metric libraries do.</summary>
    public bool ApplyOrientation { get; init; }
}

/// <summary>A feature extractor as a user describes it: a model and how to feed it.</summary>
public sealed record ExtractorRecipe
{
    /// <summary>Shown in reports: the recipe's file name without its endings, or the built-in's name.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the .onnx file, or null for a built-in.</summary>
    public string? ModelPath { get; init; }

    /// <summary>Absolute path of the file that the recipe was read from, or null for one that stands in a spec and for a built-in.</summary>
    public string? RecipePath { get; init; }

    /// <summary>Model input name, or null when the model has one input.</summary>
    public string? InputName { get; init; }

    /// <summary>How images become inputs.</summary>
    public required PreprocessingRecipe Preprocessing { get; init; }

    /// <summary>Tensor of the graph that holds the features, or null when only logits are wanted.</summary>
    public string? FeaturesOutput { get; init; }

    /// <summary>Tensor of the graph that holds class logits, or null.</summary>
    public string? LogitsOutput { get; init; }

    /// <summary>Average spatial features over height and width.</summary>
    public bool PoolMean { get; init; }

    /// <summary>Take a map <c>[batch, channels, height, width]</c> as it is, one long row an image; for networks that find objects.</summary>
    public bool KeepsMap { get; init; }

    /// <summary>Parameters of a built-in, such as <c>width</c> and <c>size</c> of random-vgg16; null for a model file.</summary>
    public BuiltInParameters? BuiltIn { get; init; }
}

/// <summary>Parameters of <c>random-vgg16</c>.</summary>
/// <param name="WidthMultiplier">Channels relative to VGG16, in (0, 1].</param>
/// <param name="InputSize">Height and width in pixels, a multiple of 32.</param>
/// <param name="Features">Width of the embedding.</param>
/// <param name="Seed">Seed of the weights.</param>
public sealed record BuiltInParameters(double WidthMultiplier, int InputSize, int Features, long Seed);
