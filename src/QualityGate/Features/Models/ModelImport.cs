using QualityGate.Errors;
using QualityGate.Features.Extractors;
using QualityGate.Specs;
using QualityGate.Specs.Syntax;

namespace QualityGate.Features.Models;

/// <summary>Brings ONNX files of the user's own into the store.</summary>
/// <param name="store">The store.</param>
/// <param name="time">Clock, for the date in the entry.</param>
/// <param name="tool">Version of the tool, for the entry.</param>
public sealed class ModelImport(ModelStore store, TimeProvider time, string tool)
{
    private readonly StagedModel _staged = new(store, time, tool);

    /// <summary>Refuses a name that means something else.</summary>
    /// <param name="name">The name that the user chose.</param>
    /// <exception cref="UserErrorException">QG4602: it cannot be a name, or is that of another model.</exception>
    public static void RequireFree(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!StorePlaces.IsName(name))
            throw new UserErrorException(ModelErrors.BadName, $"{Quoted.Text(name)} cannot be the name of a model.");
        if (BuiltInExtractors.Names.Contains(name) || DownloadableModels.Names.Contains(name))
            throw new UserErrorException(ModelErrors.BadName, $"`{name}` is the name of a model that others know.", advice: $"Choose another one, such as `my-{name}`.");
    }

    /// <summary>Copies a model with its external data, runs it once, and stores it.</summary>
    /// <param name="file">The .onnx file.</param>
    /// <param name="recipe">A name of <see cref="NetworkRecipes"/>, or the path of a recipe.</param>
    /// <param name="held">The lock of its name.</param>
    /// <param name="cancellation">Stops while files are copied.</param>
    /// <exception cref="UserErrorException">The model does not fit the recipe or does not run, or another one has the name.</exception>
    public AddedModel Import(string file, string recipe, StoreLock held, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(held);
        string name = held.Name;
        RequireFree(name);
        string text = TextOf(recipe, Path.GetFullPath(file));
        ModelFile model = ModelFile.Open(new ExtractorRecipe { Name = name, ModelPath = Path.GetFullPath(file), Preprocessing = new PreprocessingRecipe { Height = 1, Width = 1 } });
        return store.Using(() =>
        {
            using ModelStaging staging = new(store.Places, held);
            staging.Copy(model.Path, StorePlaces.ModelFileName, cancellation);
            staging.Write(StorePlaces.RecipeFileName(name, null), text);
            foreach (ExternalFile external in model.ExternalFiles)
            {
                staging.Copy(external.Path, Inside(external.Location, name), cancellation);
            }

            if (store.Contains(name))
                return new AddedModel(RequireSame(staging, name), null);
            StoredFile copied = staging.Files.First(f => f.File == StorePlaces.ModelFileName);
            ModelSource source = new(Path.GetFileName(model.Path), copied.Sha256, copied.Bytes);
            return _staged.Finish(staging, name, source, "the user's own; not known to this tool", Path.GetFileName(recipe));
        });
    }

    private static string TextOf(string recipe, string model)
    {
        if (NetworkRecipes.Names.Contains(recipe))
            return NetworkRecipes.Write(recipe, StorePlaces.ModelFileName);
        if (!recipe.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) && !recipe.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
        {
            string near = NearestName.Suggest(recipe, NetworkRecipes.Names);
            throw new UserErrorException(SpecErrors.NoRecipe, $"--recipe is {Quoted.Text(recipe)}, neither the path of a .extractor.yaml file nor a known recipe{near}");
        }

        var problems = new ProblemList();
        ExtractorRecipe? read = RecipeReader.Read(Path.GetFullPath(recipe), namedAt: null, model, problems);
        problems.ThrowIfAny();
        return RecipeText.Write(read!, StorePlaces.ModelFileName);
    }

    private static string Inside(string location, string name)
    {
        string[] taken = [StorePlaces.EntryFileName, StorePlaces.ModelFileName, StorePlaces.RecipeFileName(name, null)];
        string inside = string.Join('/', location.Split('/', '\\').Where(part => part is not ("" or ".")));
        return ModelEntryFile.IsInside(inside) && !taken.Contains(inside, StringComparer.OrdinalIgnoreCase)
            ? inside
            : throw new UserErrorException(DataErrors.ExternalDataUnusable, $"The model keeps constants in {Quoted.Text(location)}, a name that the store needs or cannot have.", advice: "Save the model with another name for its data.");
    }

    private ModelEntry RequireSame(ModelStaging staging, string name)
    {
        ModelEntry there = store.Read(name);
        return there.Files.ToHashSet().SetEquals(staging.Files)
            ? there
            : throw new UserErrorException(ModelErrors.AlreadyThere, $"There is another model `{name}` in the store.", advice: $"Choose another name, or remove that one first: `qualitygate models remove {name}`.");
    }
}
