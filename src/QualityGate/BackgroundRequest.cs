using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>An audit of backgrounds to be made: one labelled and masked set of images, and one extractor or several.</summary>
public sealed record BackgroundRequest
{
    /// <summary>Where the audited images are.</summary>
    public required string Images { get; init; }

    /// <summary>What reports call them; null: as in <see cref="Images"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Where they were named.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>Their classes.</summary>
    public required Located<string> Labels { get; init; }

    /// <summary>Where masks are; the mode is not looked at.</summary>
    public required MaskSettings Masks { get; init; }

    /// <summary>How to audit.</summary>
    public BackgroundSpec Settings { get; init; } = new();

    /// <summary>Which extractors, at least one.</summary>
    public required IReadOnlyList<ExtractorRecipe> Extractors { get; init; }

    /// <summary>Where the other set's images are, so that metrics are computed in every mode; null for an audit alone.</summary>
    public string? Other { get; init; }

    /// <summary>Families of those metrics.</summary>
    public IReadOnlyList<IMetricFamily> Families { get; init; } = [];

    /// <summary>Their parameters.</summary>
    public IReadOnlyList<MetricParameter> Parameters { get; init; } = [];

    /// <summary>What happens to unreadable images.</summary>
    public OnUnreadable OnUnreadable { get; init; } = OnUnreadable.Error;

    /// <summary>Where models run, unless the run's options say it.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>What a spec asks for: its extractor first, then those of its <c>background:</c>.</summary>
    /// <param name="spec">The spec.</param>
    /// <exception cref="UserErrorException">QG4852: it names no labels, no masks or no extractor of the set.</exception>
    public static BackgroundRequest From(GateSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        BackgroundSpec settings = spec.Background ?? new BackgroundSpec();
        bool isReference = settings.Set == AuditedSet.Reference;
        Located<string> images = isReference ? spec.Reference : spec.Candidate, other = isReference ? spec.Candidate : spec.Reference;
        ExtractorRecipe?[] recipes = [spec.Extractor, .. settings.Extractors.Select(e => e.Value)];
        return new BackgroundRequest
        {
            Images = images.Value,
            Name = isReference ? spec.ReferenceText : spec.CandidateText,
            Location = images.Location,
            Labels = (isReference ? spec.ReferenceLabels : spec.CandidateLabels) ?? throw Incomplete($"{spec.File} names no `labels` of the {settings.Role}."),
            Masks = (isReference ? spec.Masks?.Reference : spec.Masks?.Candidate) is null ? throw Incomplete($"{spec.File} names no `masks` of the {settings.Role}.") : spec.Masks!,
            Settings = settings,
            Extractors = recipes.OfType<ExtractorRecipe>().Any() ? [.. recipes.OfType<ExtractorRecipe>()] : throw Incomplete($"{spec.File} names no `extractor`."),
            Other = ImageSet.IsImageLocation(other.Value) && FeatureSource.Exists(other.Value) ? other.Value : null,
            Families = MeasureRequest.FamiliesOf(spec),
            Parameters = spec.MetricParameters,
            OnUnreadable = spec.OnUnreadable,
            Device = spec.Device,
        };
    }

    /// <summary>What a check measures of it: the spec's extractor alone, and no metrics by mode.</summary>
    internal static BackgroundRequest OfCheck(GateSpec spec)
    {
        BackgroundRequest whole = From(spec);
        return whole with { Extractors = [whole.Extractors[0]], Other = null };
    }

    private static UserErrorException Incomplete(string what) => new(DataErrors.BackgroundIncomplete, what);
}
