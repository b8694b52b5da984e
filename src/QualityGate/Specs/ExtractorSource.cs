using QualityGate.Errors;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>
/// Turns what a person writes for an extractor into a recipe: a built-in name, a <c>.onnx</c> or a <c>.extractor.yaml</c> path, or the name of a
/// model in the store.
/// </summary>
public static class ExtractorSource
{
    internal const string ModelEnding = ".onnx";

    private static readonly string[] RecipeEndings = [RecipeReader.FileEnding, ".extractor.yml"];

    /// <summary>Resolves the value of <c>--extractor</c> or of the spec's <c>extractor:</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="baseFolder">Folder that relative paths start at.</param>
    /// <exception cref="UserErrorException">No such extractor, no recipe for the model, or a wrong recipe.</exception>
    public static ExtractorRecipe Resolve(string text, string baseFolder) => Resolve(text, baseFolder, StorePlaces.OfUser());

    /// <summary>Resolves the value of <c>--extractor</c>, with a store of one's own.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="baseFolder">Folder that relative paths start at.</param>
    /// <param name="store">Where names are looked up.</param>
    /// <exception cref="UserErrorException">No such extractor, no recipe for the model, or a wrong recipe.</exception>
    public static ExtractorRecipe Resolve(string text, string baseFolder, StorePlaces store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var problems = new ProblemList();
        ExtractorRecipe? recipe = Resolve(text, baseFolder, store, namedAt: null, problems);
        problems.ThrowIfAny();
        return recipe!;
    }

    internal static ExtractorRecipe? Resolve(string text, string baseFolder, SourceLocation? namedAt, ProblemList problems) =>
        Resolve(text, baseFolder, StorePlaces.OfUser(), namedAt, problems);

    private static ExtractorRecipe? Resolve(string text, string baseFolder, StorePlaces store, SourceLocation? namedAt, ProblemList problems)
    {
        if (text == BuiltInExtractors.RandomVgg16Name)
            return BuiltInExtractors.RandomVgg16();
        if (text.Any(char.IsControl) || string.IsNullOrWhiteSpace(text))
            problems.Add(SpecErrors.UnknownExtractor, $"{Quoted.Text(text)} names no extractor", namedAt);
        else if (EndingOf(text) is not null)
            return RecipeReader.Read(SpecPath.Resolve(baseFolder, text), namedAt, modelPath: null, problems);
        else if (text.EndsWith(ModelEnding, StringComparison.OrdinalIgnoreCase))
            return ResolveModel(text, SpecPath.Resolve(baseFolder, text), namedAt, problems);
        else
            return StoredExtractor.Resolve(text, store, namedAt, problems);
        return null;
    }

    /// <summary>A file's name without folder and endings, as reports show it.</summary>
    internal static string NameOf(string path)
    {
        string file = Path.GetFileName(path);
        return EndingOf(file) is { } ending ? file[..^ending.Length] : Path.GetFileNameWithoutExtension(file);
    }

    private static string? EndingOf(string text) =>
        Array.Find(RecipeEndings, e => text.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static ExtractorRecipe? ResolveModel(string text, string model, SourceLocation? namedAt, ProblemList problems)
    {
        if (!File.Exists(model))
        {
            problems.Add(SpecErrors.Unreadable, $"the model {Quoted.Text(text)} does not exist", namedAt);
            return null;
        }

        string stem = model[..^ModelEnding.Length];
        string[] places = [.. RecipeEndings.Select(e => stem + e), .. RecipeEndings.Select(e => model + e)];
        if (Array.Find(places, File.Exists) is { } recipe)
            return RecipeReader.Read(recipe, namedAt, model, problems);
        string message = $"nothing says how to feed {Quoted.Text(text)}; write {Quoted.Text(Path.GetFileName(places[0]))} beside it";
        problems.Add(SpecErrors.NoRecipe, message, namedAt);
        return null;
    }
}
