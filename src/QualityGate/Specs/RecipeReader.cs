using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Reads extractor recipes, from their own file or from inside a spec.</summary>
public static class RecipeReader
{
    /// <summary>Ending of a recipe's file name.</summary>
    public const string FileEnding = ".extractor.yaml";

    /// <summary>Reads and checks a recipe file.</summary>
    /// <param name="path">Path of the <c>.extractor.yaml</c> file.</param>
    /// <exception cref="UserErrorException">The file cannot be read, or something in it is wrong.</exception>
    public static ExtractorRecipe Read(string path)
    {
        var problems = new ProblemList();
        ExtractorRecipe? recipe = Read(path, namedAt: null, modelPath: null, problems);
        problems.ThrowIfAny();
        return recipe!;
    }

    /// <summary>Reads a recipe file that a spec or a model's name led to.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="namedAt">Where it was named.</param>
    /// <param name="modelPath">The model beside which it was found, absolute, or null.</param>
    /// <param name="problems">Where mistakes go.</param>
    internal static ExtractorRecipe? Read(string path, SourceLocation? namedAt, string? modelPath, ProblemList problems)
    {
        if (SpecText.Read(path, namedAt, problems) is not { } text || SpecTree.Parse(text, path, problems) is not { } root)
            return null;
        if (root is MapNode map)
            return Read(map, SpecPath.FolderOf(path), ExtractorSource.NameOf(path), modelPath, problems) is { } recipe ? recipe with { RecipePath = Path.GetFullPath(path) } : null;
        problems.Add(SpecErrors.WrongType, $"a recipe is a map of keys such as `model:`, but this is {root.Describe()}", root.Location);
        return null;
    }

    /// <summary>Reads a recipe that stands inside a spec.</summary>
    internal static ExtractorRecipe? ReadInline(MapNode map, string folder, ProblemList problems) =>
        Read(map, folder, name: null, modelPath: null, problems);

    private static ExtractorRecipe? Read(MapNode node, string folder, string? name, string? modelPath, ProblemList problems)
    {
        if (node.Entries.Any(e => e.Key == BuiltInOptions.BuiltIn.Key) && modelPath is null)
            return ReadBuiltIn(node, name, problems);

        int before = problems.Count;
        OptionMap map = OptionMap.Open(node, RecipeOptions.All, problems);
        string? model = ReadModel(map, folder, modelPath, problems);
        OptionMap? input = Section(map, RecipeOptions.Input, RecipeOptions.InputKeys, problems);
        OptionMap? outputs = Section(map, RecipeOptions.Outputs, RecipeOptions.OutputKeys, problems);
        bool pool = map.ReadOrDefault(RecipeOptions.Pool);
        PreprocessingRecipe? preprocessing = input is null ? null : PreprocessingReader.Read(input, problems);
        string? inputName = input?.Read(RecipeOptions.InputName)?.Value;
        string? features = outputs?.Read(RecipeOptions.FeaturesOutput)?.Value;
        string? logits = outputs?.Read(RecipeOptions.LogitsOutput)?.Value;
        if (outputs is not null && !outputs.Has(RecipeOptions.FeaturesOutput) && !outputs.Has(RecipeOptions.LogitsOutput))
            problems.Add(SpecErrors.MissingKey, "`outputs` must name `features`, `logits` or both", outputs.Node.Location);
        return problems.Count > before ? null : new ExtractorRecipe
        {
            Name = name ?? ExtractorSource.NameOf(model!),
            ModelPath = model,
            InputName = inputName,
            Preprocessing = preprocessing!,
            FeaturesOutput = features,
            LogitsOutput = logits,
            PoolMean = pool,
        };
    }

    private static string? ReadModel(OptionMap map, string folder, string? besideModel, ProblemList problems)
    {
        if (!map.Has(RecipeOptions.Model))
        {
            if (besideModel is null)
                problems.Add(SpecErrors.MissingKey, $"`model` is missing; it is {RecipeOptions.Model.Expected}", map.Node.Location);
            return besideModel;
        }

        if (map.Read(RecipeOptions.Model) is not { } written)
            return null;
        string model = SpecPath.Resolve(folder, written.Value);
        if (!model.EndsWith(ExtractorSource.ModelEnding, StringComparison.OrdinalIgnoreCase))
            problems.Add(SpecErrors.OutOfRange, $"`model` must be {RecipeOptions.Model.Expected}, but is {Quoted.Text(written.Value)}", written.Location);
        else if (!File.Exists(model))
            problems.Add(SpecErrors.Unreadable, $"the model {Quoted.Text(written.Value)} does not exist", written.Location);
        else if (besideModel is not null && besideModel != model)
            problems.Add(SpecErrors.Contradiction, $"this recipe lies beside {Quoted.Text(Path.GetFileName(besideModel))} but is for another model", written.Location);
        return model;
    }

    private static OptionMap? Section(OptionMap map, Option<SpecNode> option, IReadOnlyList<Option> keys, ProblemList problems)
    {
        switch (map.Find(option)?.Value)
        {
            case null:
                return null;
            case MapNode section:
                return OptionMap.Open(section, keys, problems);
            case { } other:
                ((SectionKind)option.Kind).Refuse(other, option.Key, problems);
                return null;
        }
    }

    private static ExtractorRecipe? ReadBuiltIn(MapNode node, string? name, ProblemList problems)
    {
        int before = problems.Count;
        OptionMap map = OptionMap.Open(node, BuiltInOptions.All, problems);
        map.Read(BuiltInOptions.BuiltIn);
        var parameters = new BuiltInParameters(
            map.ReadOrDefault(BuiltInOptions.Width),
            (int)map.ReadOrDefault(BuiltInOptions.Size),
            (int)map.ReadOrDefault(BuiltInOptions.Features),
            map.ReadOrDefault(BuiltInOptions.Seed));
        ExtractorRecipe recipe = BuiltInExtractors.RandomVgg16(parameters);
        return problems.Count > before ? null : recipe with { Name = name ?? recipe.Name };
    }
}
