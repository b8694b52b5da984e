using QualityGate.Errors;

namespace QualityGate.Features.Labels;

/// <summary>The set that is being labelled, and how errors name it.</summary>
/// <param name="Set">The set.</param>
/// <param name="Role"><c>reference</c> or <c>candidate</c>.</param>
/// <param name="Location">Where the labels were named.</param>
internal sealed record LabelTarget(FeatureSet Set, string Role, SourceLocation? Location)
{
    private const int MostNamed = 5;

    /// <summary>Paths of the images, or an error that says that there are none.</summary>
    /// <param name="source">The labels, as a message names them.</param>
    public IReadOnlyList<string> Paths(string source) => Set.Ids ?? throw Fail(
        DataErrors.LabelsNeedPaths, $"labels by {source} need the images' paths, and the {Role} ({Set.Source}) holds features without paths.");

    /// <summary>An image as messages name it.</summary>
    public string NameOf(int index) => Set.Ids is { } ids ? $"the image '{ids[index]}'" : $"row {index}";

    /// <summary>The error of images that have no label.</summary>
    /// <param name="missing">Their indices, at least one.</param>
    /// <param name="why">Why they have none, after "have no label: ".</param>
    public UserErrorException Missing(IReadOnlyList<int> missing, string why)
    {
        string named = string.Join(", ", missing.Take(MostNamed).Select(i => $"'{Set.Ids![i]}'"));
        string more = missing.Count > MostNamed ? $" and {missing.Count - MostNamed} more" : string.Empty;
        string images = missing.Count == 1 ? "1 image has" : $"{missing.Count} images have";
        return Fail(DataErrors.LabelMissing, $"{images} no label in the {Role}: {named}{more}; {why}.");
    }

    /// <summary>An error at the place that names the labels.</summary>
    public UserErrorException Fail(ErrorCode code, string message, Exception? inner = null) => new(code, message, Location, innerException: inner);
}
