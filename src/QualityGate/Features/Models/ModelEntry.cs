using System.Text.Json.Serialization;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>What <c>entry.json</c> says of a stored model.</summary>
/// <param name="Schema"><c>qualitygate.model/1</c>.</param>
/// <param name="Name">The model's name, which is its folder's too.</param>
/// <param name="Source">What it was made of.</param>
/// <param name="Licence">Under what terms, as far as known.</param>
/// <param name="Recipe">Name of the usual recipe, or the file name of the user's own.</param>
/// <param name="Created">When it came into the store, UTC.</param>
/// <param name="Tool">Version of the tool that wrote it.</param>
/// <param name="Outputs">What the graph offers.</param>
/// <param name="Files">Every file of the folder except the entry itself, with its hash.</param>
/// <param name="Precision">How far it is from the float32 model, or null for that one itself.</param>
public sealed record ModelEntry(
    string Schema,
    string Name,
    ModelSource Source,
    string Licence,
    string Recipe,
    DateTimeOffset Created,
    string Tool,
    IReadOnlyList<ModelOutput> Outputs,
    IReadOnlyList<StoredFile> Files,
    PrecisionCheck? Precision = null)
{
    /// <summary>The model's own file.</summary>
    [JsonIgnore]
    public StoredFile Model => Files.First(f => f.File == StorePlaces.ModelFileName);
}

/// <summary>What a model was made of.</summary>
/// <param name="File">File name, without folders.</param>
/// <param name="Sha256">Hash of the file, 64 hexadecimal digits.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Url">Where it was fetched, without user and query, or null for a local file.</param>
public sealed record ModelSource(string File, string Sha256, long Bytes, string? Url = null);

/// <summary>An output of a stored model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its axes, such as <c>[batch, 2048]</c>.</param>
public sealed record ModelOutput(string Name, string Shape);

/// <summary>A file of a stored model.</summary>
/// <param name="File">Path relative to the model's folder, with forward slashes.</param>
/// <param name="Sha256">Its hash, 64 hexadecimal digits.</param>
/// <param name="Bytes">Its length.</param>
public sealed record StoredFile(string File, string Sha256, long Bytes);

/// <summary>A folder of the store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Entry">What it holds, or null when that cannot be told.</param>
/// <param name="Problem">Why it cannot be told.</param>
/// <param name="Recipes">Names to use in <c>extractor:</c>.</param>
public sealed record StoredModel(string Name, ModelEntry? Entry, string? Problem, IReadOnlyList<string> Recipes);
