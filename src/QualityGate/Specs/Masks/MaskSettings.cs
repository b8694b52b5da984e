using System.Globalization;

namespace QualityGate.Specs;

/// <summary>What happens to an image that has no mask.</summary>
public enum OnMissingMask
{
    /// <summary>The run ends with exit code 2 and lists them. The default.</summary>
    Error,

    /// <summary>All of it counts as the object.</summary>
    Full,

    /// <summary>It is left out, counted and listed.</summary>
    Skip,
}

/// <summary>Where masks come from.</summary>
public enum MaskSourceKind
{
    /// <summary>Images of the same relative names, whatever their endings.</summary>
    Files,

    /// <summary>The images' own transparency.</summary>
    Alpha,

    /// <summary>A network that finds objects.</summary>
    Model,
}

/// <summary>How images are masked before they are measured.</summary>
public sealed record MaskSettings
{
    /// <summary>The word for the images' own transparency.</summary>
    public const string AlphaWord = "alpha";

    /// <summary>Where the reference's masks come from: a place of images, <c>alpha</c> or a model; null for a reference that is no images.</summary>
    public Located<string>? Reference { get; init; }

    /// <summary>Where the candidate's masks come from.</summary>
    public Located<string>? Candidate { get; init; }

    /// <summary>What masks do.</summary>
    public MaskMode Mode { get; init; } = MaskMode.Hard;

    /// <summary>Which grey values of masks and transparencies mean the object.</summary>
    public MaskValues Values { get; init; } = MaskValues.UpperHalf;

    /// <summary>Of a model's map: what its first channel reaches where the object is. Not looked at with <see cref="Classes"/>.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Of a model's map: the channels that mean the object where they are the largest; null to use <see cref="Threshold"/>.</summary>
    public MaskValues? Classes { get; init; }

    /// <summary>What happens to an image that has no mask.</summary>
    public OnMissingMask OnMissing { get; init; } = OnMissingMask.Error;

    /// <summary>Whether pixels change at all.</summary>
    public bool IsOn => !Mode.IsNone;

    /// <summary>What kind of source a user named.</summary>
    public static MaskSourceKind KindOf(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        bool isModel = source.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)
            || source.EndsWith(".extractor.yaml", StringComparison.OrdinalIgnoreCase) || source.EndsWith(".extractor.yml", StringComparison.OrdinalIgnoreCase);
        return source == AlphaWord ? MaskSourceKind.Alpha : isModel ? MaskSourceKind.Model : MaskSourceKind.Files;
    }

    /// <summary>
    /// All of this that changes features, as text for a fingerprint. The masks themselves are in the key of each image; so is whether it has one, hence
    /// not <see cref="OnMissing"/>.
    /// </summary>
    /// <param name="kind">Where masks come from.</param>
    /// <param name="model">Fingerprint of the model, of <see cref="MaskSourceKind.Model"/>.</param>
    public string Canonical(MaskSourceKind kind, string? model)
    {
        string rule = kind switch
        {
            MaskSourceKind.Model when Classes is { } classes => $"model {model} classes {classes}",
            MaskSourceKind.Model => string.Create(CultureInfo.InvariantCulture, $"model {model} threshold {Threshold:R}"),
            MaskSourceKind.Alpha => $"alpha values {Values}",
            _ => $"files values {Values}",
        };
        return $"qualitygate.masks/1\nmode: {Mode}\nsource: {rule}\n";
    }
}
