using QualityGate.Features.Extractors;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>The last steps for every model: it is read as a run reads it, runs once, gets its entry and its name.</summary>
internal sealed class StagedModel(ModelStore store, TimeProvider time, string tool)
{
    private const int MostOutputs = 50;

    public AddedModel Finish(ModelStaging staging, string name, ModelSource source, string licence, string recipeName, PrecisionCheck? precision = null)
    {
        ExtractorRecipe recipe = RecipeReader.Read(staging.PathOf(StorePlaces.RecipeFileName(name, null))) with { Name = name };
        ModelCheck check = ModelCheck.Run(recipe);
        ModelEntry entry = new(
            ModelEntryFile.Schema, name, source, licence, recipeName, time.GetUtcNow(), tool,
            [.. ModelFile.Open(recipe).Model.Outputs.Take(MostOutputs).Select(o => new ModelOutput(o.Name, o.ShapeText))],
            [.. staging.Files.OrderBy(f => f.File, StringComparer.Ordinal)],
            precision);
        return store.Using(() =>
        {
            staging.Commit(entry);
            return new AddedModel(entry, check);
        });
    }
}
