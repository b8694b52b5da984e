using System.Text.Json;

namespace QualityGate.Reports.Html;

/// <summary>The images of a page for its dialog: paths, scores, and the pictures that no gallery holds already.</summary>
internal static class EvidenceJson
{
    public static void Write(Utf8JsonWriter json, Page page)
    {
        json.WriteStartArray("images");
        HashSet<int> shown = [.. (page.Evidence?.Galleries ?? []).SelectMany(g => g.Items).SelectMany(i => i.Partner is { } partner ? [i.Image, partner] : new[] { i.Image })];
        IReadOnlyList<EvidenceImage> images = page.Evidence?.Images ?? [];
        for (int i = 0; i < images.Count; i++)
        {
            Write(json, page, images[i], shown.Contains(i));
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Page page, EvidenceImage image, bool isShown)
    {
        json.WriteStartObject();
        json.WriteString("role", page.Role(image.Role));
        json.WriteString("id", PlainText.OneLine(image.Id));
        if (image.Label is { } label)
        {
            json.WriteString("label", PlainText.OneLine(label));
        }

        json.WriteStartArray("scores");
        foreach ((string name, string value) in image.Scores)
        {
            json.WriteStartArray();
            json.WriteStringValue(ScoreNames.Of(name, page.Language));
            json.WriteStringValue(value switch
            {
                "true" => page.Say(PageTexts.Yes),
                "false" => page.Say(PageTexts.No),
                _ => PlainText.OneLine(value),
            });
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (!isShown && image.Picture is { } picture)
        {
            json.WriteString("picture", picture.ToDataUri());
        }

        json.WriteEndObject();
    }
}
