using System.Globalization;
using QualityGate.Errors;
using QualityGate.Features.Extractors;
using QualityGate.Onnx;
using QualityGate.Onnx.Precision;
using QualityGate.Onnx.Weights;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>The weights that a model is made of.</summary>
/// <param name="Path">Where they lie now.</param>
/// <param name="FileName">What they are called.</param>
/// <param name="Url">Where they were fetched, without user and query, or null for a local file.</param>
/// <param name="Sha256">The hash that the user expects, or null.</param>
public sealed record ModelWeights(string Path, string FileName, string? Url, string? Sha256);

/// <summary>A model that came into the store.</summary>
/// <param name="Entry">What is known of it.</param>
/// <param name="Check">Its check run, or null when the same model was there before.</param>
public sealed record AddedModel(ModelEntry Entry, ModelCheck? Check);

/// <summary>Makes models of published weights and puts them into the store.</summary>
/// <param name="store">The store.</param>
/// <param name="time">Clock, for the date in the entry.</param>
/// <param name="tool">Version of the tool, for the entry.</param>
public sealed class ModelAddition(ModelStore store, TimeProvider time, string tool)
{
    /// <summary>Below this share of weights in products, 8 bits would be a change without a gain.</summary>
    private const double SmallestShare = 0.5;

    private readonly StagedModel _staged = new(store, time, tool);

    /// <summary>Checks the weights, converts them, runs the model once and stores it in place of one that is there.</summary>
    /// <param name="model">What is to be made.</param>
    /// <param name="weights">Of what.</param>
    /// <param name="held">The lock of the model's name.</param>
    /// <param name="cancellation">Stops between the steps.</param>
    /// <exception cref="UserErrorException">The weights are others, cannot be converted, or the model does not run; nothing is stored then.</exception>
    public AddedModel Add(KnownModel model, ModelWeights weights, StoreLock held, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(held);
        ModelSource source = Identify(model, weights);
        cancellation.ThrowIfCancellationRequested();
        byte[] exact = Convert(model, weights);
        byte[] onnx = Lowered(model, exact);
        return store.Using(() =>
        {
            using ModelStaging staging = new(store.Places, held);
            staging.Write(StorePlaces.ModelFileName, onnx);
            foreach (string recipe in model.Recipes.Count > 1 ? model.Recipes : [])
            {
                staging.Write(StorePlaces.RecipeFileName(model.Name, recipe), NetworkRecipes.Write(recipe, StorePlaces.ModelFileName));
            }

            staging.Write(StorePlaces.RecipeFileName(model.Name, null), NetworkRecipes.Write(model.Recipes[0], StorePlaces.ModelFileName));
            cancellation.ThrowIfCancellationRequested();
            PrecisionCheck? precision = model.Precision == ModelPrecision.Fp32 ? null : Compare(staging, model, exact);
            return _staged.Finish(staging, model.Name, source, model.LicenceNote, model.Recipes[0], precision);
        });
    }

    /// <summary>Says whether a model can be made at all, before anything is fetched for it.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="UserErrorException">QG4609: this version has no converter for it.</exception>
    public static void RequireConverter(KnownModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Convert is null)
        {
            throw new UserErrorException(
                ModelErrors.NotConverted, $"This version cannot make `{model.Name}` of {model.FileName} yet.", advice: "Export the network as .onnx and use `qualitygate models import`.");
        }
    }

    private static ModelSource Identify(KnownModel model, ModelWeights weights)
    {
        try
        {
            string hash = ModelFile.HashFile(weights.Path)["sha256:".Length..];
            WeightsHash.Require(hash, model.Sha256OrPrefix, weights.Sha256, weights.FileName);
            return new ModelSource(weights.FileName, hash, new FileInfo(weights.Path).Length, weights.Url);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(DataErrors.FileSystem, $"The weights {weights.Path} cannot be read: {exception.Message}", innerException: exception);
        }
    }

    private static byte[] Lowered(KnownModel known, byte[] exact)
    {
        if (known.Precision == ModelPrecision.Fp32) return exact;
        OnnxModel model = OnnxModel.Load(exact);
        try
        {
            if (known.Precision == ModelPrecision.Fp16) HalfPrecision.Apply(model);
            else RequireGain(known, DynamicQuantisation.Apply(model).Share);
        }
        catch (ArgumentException exception)
        {
            throw new UserErrorException(ModelErrors.NotConverted, $"`{known.Name}` cannot be made: {exception.Message}", innerException: exception);
        }

        return model.ToBytes();
    }

    private static void RequireGain(KnownModel known, double share)
    {
        if (share < SmallestShare)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"only {share:P0} of the weights are in matrix products; convolutions gain nothing by 8 bits on a processor."), nameof(known));
    }

    private static PrecisionCheck Compare(ModelStaging staging, KnownModel model, byte[] exact)
    {
        ExtractorRecipe near = RecipeReader.Read(staging.PathOf(StorePlaces.RecipeFileName(model.Name, null)));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("qualitygate-exact-");
        try
        {
            string path = Path.Combine(folder.FullName, StorePlaces.ModelFileName);
            File.WriteAllBytes(path, exact);
            return PrecisionCheck.Measure(near with { ModelPath = path }, near, model.Precision);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Convert(KnownModel model, ModelWeights weights)
    {
        RequireConverter(model);
        try
        {
            return model.Convert!(weights.Path);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OnnxFormatException or WeightFormatException or OutOfMemoryException or FormatException or ArgumentException or OverflowException)
        {
            throw new UserErrorException(ModelErrors.NotConverted, $"{weights.FileName} cannot be made into `{model.Name}`: {exception.Message}", innerException: exception);
        }
    }
}
