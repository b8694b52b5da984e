using System.Globalization;
using System.Text.Json;

namespace QualityGate.Samples.Generator;

/// <summary>What the manifest says of one image.</summary>
/// <param name="File">Path below the sample's folder, with forward slashes.</param>
/// <param name="Class">Class of its object.</param>
/// <param name="Background">Kind of its background, in lower case.</param>
/// <param name="Seed">Seed it was drawn with, 16 hexadecimal digits.</param>
/// <param name="Pixels">SHA-256 of its samples, rows from the top, red, green, blue.</param>
/// <param name="Mask">SHA-256 of its mask's samples, or null when it has no mask.</param>
internal sealed record ManifestEntry(string File, string Class, string Background, string Seed, string Pixels, string? Mask);

/// <summary>
/// manifest.json: how each image came about, and the hash of its pixels. The hash is of pixels, not of files, since another version of
/// zlib may pack the same pixels into other bytes.
/// </summary>
internal sealed record Manifest(string Schema, IReadOnlyList<ManifestEntry> Images)
{
    public const string FileName = "manifest.json";
    public const string CurrentSchema = "qualitygate.sample/1";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    public static ManifestEntry Describe(PlannedImage image, Raster picture, Raster mask) => new(
        image.File,
        image.Scene.Class.Name,
        NameOf(image.Scene.Background),
        image.Scene.Seed.ToString("x16", CultureInfo.InvariantCulture),
        picture.Fingerprint(),
        image.MaskFile is null ? null : mask.Fingerprint());

    public static Manifest Parse(string json) =>
        JsonSerializer.Deserialize<Manifest>(json, Options) ?? throw new JsonException("The manifest is empty.");

    /// <summary>One line an image, so that a change shows as the lines it touches.</summary>
    public string ToJson()
    {
        IEnumerable<string> lines = Images.Select(entry => "    " + JsonSerializer.Serialize(entry, Options));
        return $"{{\n  \"schema\": \"{Schema}\",\n  \"images\": [\n{string.Join(",\n", lines)}\n  ]\n}}\n";
    }

    private static string NameOf(BackgroundKind kind) => kind switch
    {
        BackgroundKind.Gradient => "gradient",
        BackgroundKind.Clouds => "clouds",
        BackgroundKind.Stripes => "stripes",
        BackgroundKind.Blobs => "blobs",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of background."),
    };
}
