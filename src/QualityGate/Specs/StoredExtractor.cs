using QualityGate.Errors;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Finds an extractor in the store of models: <c>NAME</c>, or <c>NAME:RECIPE</c> for the same model fed otherwise.</summary>
internal static class StoredExtractor
{
    public static ExtractorRecipe? Resolve(string text, StorePlaces store, SourceLocation? namedAt, ProblemList problems)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? text : text[..colon];
        string? variant = colon < 0 ? null : text[(colon + 1)..];
        if (!StorePlaces.IsName(name) || (variant is not null && !StorePlaces.IsName(variant)))
            problems.Add(SpecErrors.UnknownExtractor, Unknown(text, store), namedAt);
        else if (File.Exists(store.RecipeOf(name, variant)))
            return RecipeReader.Read(store.RecipeOf(name, variant), namedAt, modelPath: null, problems) is { } recipe ? recipe with { Name = text } : null;
        else if (Directory.Exists(store.FolderOf(name)))
            problems.Add(SpecErrors.UnknownExtractor, NoSuchRecipe(name, variant, store), namedAt);
        else if (DownloadableModels.Names.Contains(ModelPrecisions.Parse(name).Model))
            problems.Add(SpecErrors.UnknownExtractor, NotAdded(name, variant), namedAt);
        else
            problems.Add(SpecErrors.UnknownExtractor, Unknown(text, store), namedAt);
        return null;
    }

    /// <summary>What of the store can be named as an extractor, by name.</summary>
    public static IReadOnlyList<string> Names(StorePlaces store)
    {
        try
        {
            return !Directory.Exists(store.Models)
                ? []
                : [.. Directory.GetDirectories(store.Models).Select(p => Path.GetFileName(p)!).Where(StorePlaces.IsName).SelectMany(n => NamesOf(n, store)).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Names are only offered; what is wrong with the folder is said when a model of it is used.
            return [];
        }
    }

    private static IEnumerable<string> NamesOf(string name, StorePlaces store)
    {
        if (File.Exists(store.RecipeOf(name)))
            yield return name;
        foreach (string variant in VariantsOf(name, store))
            yield return $"{name}:{variant}";
    }

    private static IEnumerable<string> VariantsOf(string name, StorePlaces store) => Directory
        .GetFiles(store.FolderOf(name), $"{name}.*{RecipeReader.FileEnding}")
        .Select(path => Path.GetFileName(path)[name.Length..^RecipeReader.FileEnding.Length])
        .Where(rest => rest.StartsWith('.') && StorePlaces.IsName(rest[1..]))
        .Select(rest => rest[1..]);

    private static string NoSuchRecipe(string name, string? variant, StorePlaces store)
    {
        if (variant is null)
            return $"the stored model `{name}` has lost its recipe; run: qualitygate models verify {name}";
        string[] there = [.. VariantsOf(name, store).Order(StringComparer.Ordinal)];
        return there.Length == 0
            ? $"the stored model `{name}` has no recipe but its own; write `extractor: {name}`"
            : $"the stored model `{name}` has no recipe {Quoted.Text(variant)}{NearestName.Suggest(variant, there)}";
    }

    private static string NotAdded(string name, string? variant)
    {
        (string model, ModelPrecision precision) = ModelPrecisions.Parse(name);
        string command = precision == ModelPrecision.Fp32 ? model : $"{model} --precision {precision.ToString().ToLowerInvariant()}";
        IReadOnlyList<string> recipes = DownloadableModels.RecipesOf(model);
        return variant is null || (recipes.Count > 1 && recipes.Contains(variant))
            ? $"the model `{name}` is not in the store yet; run: qualitygate models add {command}"
            : $"the model `{name}` has no recipe {Quoted.Text(variant)}{NearestName.Suggest(variant, recipes.Count > 1 ? recipes : [])}";
    }

    private static string Unknown(string text, StorePlaces store)
    {
        string[] known = [.. BuiltInExtractors.Names, .. Names(store), .. DownloadableModels.Names];
        string near = NearestName.Find(text, known) is { } name
            ? $"; did you mean `{name}`?"
            : $"; it is neither built in ({string.Join(", ", BuiltInExtractors.Names)}) nor a path ending in {ExtractorSource.ModelEnding} or {RecipeReader.FileEnding} nor in the store (`qualitygate models list`)";
        return $"unknown extractor {Quoted.Text(text)}{near}";
    }
}
