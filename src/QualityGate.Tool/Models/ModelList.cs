using System.Text;
using System.Text.Json;
using QualityGate.Features.Models;
using QualityGate.Reports;

namespace QualityGate.Tool.Models;

/// <summary>All models that can be added or are here.</summary>
internal static class ModelList
{
    private const string Schema = "qualitygate.models/1";

    public static string Text(ModelStore store)
    {
        var text = new StringBuilder();
        foreach ((string name, KnownModel? known, StoredModel? stored) in Rows(store))
        {
            text.Append(PlainText.OneLine($"{name,-18} {State(known, stored)}")).Append('\n');
            string[] extractors = Extractors(known, stored);
            if (extractors.Length > 1)
            {
                text.Append("  extractor  ").AppendJoin(", ", extractors).Append('\n');
            }

            if (stored?.Problem is { } problem)
            {
                text.Append("  problem    ").Append(PlainText.OneLine(problem)).Append('\n');
            }

            if (known is not null && stored is null)
            {
                text.Append("  weights    ").Append(known.FileName).Append('\n');
            }

            text.Append("  licence    ").Append(PlainText.OneLine(Licence(known, stored))).Append('\n');
        }

        return text.Append('\n').Append(PlainText.OneLine($"The store is {store.Places.Folder}.")).Append('\n').ToString();
    }

    public static string Json(ModelStore store)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("store", store.Places.Folder);
            json.WriteStartArray("models");
            foreach ((string name, KnownModel? known, StoredModel? stored) in Rows(store))
            {
                Write(json, name, known, stored);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, string name, KnownModel? known, StoredModel? stored)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteBoolean("stored", stored is not null);
        json.WriteStartArray("extractors");
        Array.ForEach(Extractors(known, stored), json.WriteStringValue);
        json.WriteEndArray();
        json.WriteString("licence", Licence(known, stored));
        if (stored?.Entry is { } entry)
        {
            json.WriteNumber("bytes", entry.Files.Sum(f => f.Bytes));
            json.WriteString("sha256", entry.Model.Sha256);
            json.WriteString("created", entry.Created);
        }

        if (stored?.Problem is { } problem)
        {
            json.WriteString("problem", problem);
        }

        if (known is not null)
        {
            json.WriteStartObject("weights");
            json.WriteString("file", known.FileName);
            json.WriteString("url", known.Source?.AbsoluteUri);
            json.WriteNumber("bytes", known.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, KnownModel? Known, StoredModel? Stored)> Rows(ModelStore store)
    {
        Dictionary<string, StoredModel> here = store.List().ToDictionary(m => m.Name);
        return KnownModels.All.Select(k => (k.Name, (KnownModel?)k, here.GetValueOrDefault(k.Name)))
            .Concat(here.Values.Where(m => KnownModels.Find(m.Name) is null).Select(m => (m.Name, (KnownModel?)null, (StoredModel?)m)));
    }

    private static string State(KnownModel? known, StoredModel? stored) => stored switch
    {
        { Entry: { } entry } => $"in the store, {ModelText.Megabytes(entry.Files.Sum(f => f.Bytes))}",
        { } => "in the store, but cannot be read",
        null => $"can be added, about {ModelText.Megabytes(known!.Bytes)} to fetch",
    };

    private static string[] Extractors(KnownModel? known, StoredModel? stored) => stored is not null
        ? [.. stored.Recipes]
        : [known!.Name, .. known.Recipes.Count > 1 ? known.Recipes.Select(r => $"{known.Name}:{r}") : []];

    private static string Licence(KnownModel? known, StoredModel? stored) => stored?.Entry?.Licence ?? known?.LicenceNote ?? "unknown";
}
