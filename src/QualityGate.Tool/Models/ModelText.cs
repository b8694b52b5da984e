using System.Globalization;
using QualityGate.Features.Models;
using QualityGate.Reports;

namespace QualityGate.Tool.Models;

/// <summary>What is said of a model that came into the store.</summary>
internal static class ModelText
{
    public static string Of(AddedModel added, ModelStore store)
    {
        ModelEntry entry = added.Entry;
        string state = added.Check is null ? "was there already" : "is in the store";
        (string Name, string Value)[] rows =
        [
            ("folder", store.Places.FolderOf(entry.Name)),
            ("made of", $"{entry.Source.File}, SHA-256 {entry.Source.Sha256}"),
            ("model", $"{Megabytes(entry.Model.Bytes)}, SHA-256 {entry.Model.Sha256}"),
            ("outputs", string.Join(", ", entry.Outputs.Select(o => $"{o.Name} {o.Shape}"))),
            .. added.Check is { } check ? CheckRows(check) : [],
            .. entry.Precision is { } precision ? [("precision", PrecisionText(precision))] : Array.Empty<(string, string)>(),
            ("licence", entry.Licence),
            ("extractor", string.Join(", ", store.List().First(m => m.Name == entry.Name).Recipes)),
        ];
        return string.Concat(rows.Select(r => $"  {r.Name,-10} {PlainText.OneLine(r.Value)}\n").Prepend($"{entry.Name} {state}\n"));
    }

    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    private static IEnumerable<(string, string)> CheckRows(ModelCheck check)
    {
        string width = check.FeatureWidth > 0 ? $"{Count(check.FeatureWidth)} features" : $"{Count(check.LogitWidth ?? 0)} logits";
        string logits = check.FeatureWidth > 0 && check.LogitWidth is { } more ? $" and {Count(more)} logits" : string.Empty;
        yield return ("check run", string.Create(
            CultureInfo.InvariantCulture, $"{width}{logits} of an image of noise; mean {check.Mean:G4}, standard deviation {check.StandardDeviation:G4}"));
        if (check.StandardDeviation == 0)
        {
            yield return ("note", "all values are equal: look at the outputs and the scale of the input in its recipe");
        }
    }

    private static string PrecisionText(PrecisionCheck check) => string.Create(
        CultureInfo.InvariantCulture,
        $"{check.Precision}; its features differ from float32's by {check.RelativeError:P2} of their length on {check.Images} made-up images, at {check.Speed:0.0#} times the speed on this processor");

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
