using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Cache;
using QualityGate.Features.Extraction;
using QualityGate.Features.Extractors;
using QualityGate.Features.Files;
using QualityGate.Features.Labels;
using QualityGate.MetricLearning;
using QualityGate.Onnx;
using QualityGate.Onnx.Embeddings;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>Trains an embedding on images: their features through the same cache as those of every other run, labels, masks, then <see cref="EmbeddingTrainer"/>.</summary>
/// <param name="options">How images are read and features computed.</param>
/// <param name="progress">Hears how far the training is.</param>
public sealed class EmbeddingRun(GateRunOptions options, IEmbeddingProgress? progress = null)
{
    private const string Role = "images";

    /// <summary>Trains.</summary>
    /// <exception cref="UserErrorException">The images, labels, masks, the extractor or a checkpoint cannot be used, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint of the last whole epoch stays.</exception>
    public EmbeddingReport Train(EmbeddingRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        EmbeddingTrainer trainer = new(request.Options, request.Output, options.Tool.Version, progress);
        trainer.RequireFree(request.Resumes);
        Located<string> labels = new(request.Labels, null);
        LabelReader.RequireThere(labels);
        Check(request);

        using FeatureSource source = new(request.Extractor, options, request.OnUnreadable) { Masks = request.Masks };
        ExtractionResult extracted = source.Load(request.Images, Role, null, cancellation);
        Warn(extracted);
        FeatureSet set = LabelReader.Read(extracted.Set, labels, Role).Set;
        if (set.Features is null)
        {
            throw new UserErrorException(TrainingErrors.NoFeaturesToTrain, $"{set.Source} holds no features of single images.");
        }

        EmbeddingData data = new() { Set = set, Masking = request.Masks is { IsOn: true } masks ? $"{masks.Mode}, {source.Identity?.Name}" : null };
        ModelPlan? plan = request.Extractor is { } recipe ? Plan(recipe, set) : null;
        if (plan is null) return trainer.Run(data, request.Resumes, cancellation);
        OnnxModel model = OnnxModel.Load(plan.Bytes);
        data = data with { Base = new EmbeddingBase(model, plan.Features!, (file, output) => Recipe(request.Extractor!, plan, file, output)) };
        if (request.Options.Head != EmbeddingHead.Network) return trainer.Run(data, request.Resumes, cancellation);
        using TemporaryCache prepared = new(source.Identity!.Fingerprint);
        return trainer.Run(WithNetwork(data, request, plan, model, source, prepared.Cache, cancellation), request.Resumes, cancellation);
    }

    private static void Check(EmbeddingRequest request)
    {
        if (request.Extractor is { FeaturesOutput: null } logitsOnly)
        {
            throw new UserErrorException(TrainingErrors.NoFeaturesToTrain, $"the extractor {logitsOnly.Name} gives no features.");
        }

        if (request.Options.Head != EmbeddingHead.Network) return;
        if (FeatureFile.IsFeatureLocation(request.Images) || request.Extractor is null)
        {
            throw new UserErrorException(
                TrainingErrors.NoFeaturesToTrain, $"a network is trained on images with an extractor, and {request.Images} {(request.Extractor is null ? "comes without one" : "is a file of features")}.");
        }
    }

    private static EmbeddingData WithNetwork(
        EmbeddingData data, EmbeddingRequest request, ModelPlan plan, OnnxModel model, FeatureSource source, FeatureCache cache, CancellationToken cancellation)
    {
        PreprocessingRecipe images = request.Extractor!.Preprocessing;
        TrainableNetwork network = new(model, plan.Input.Name, plan.Features!);
        string? reason = plan.Input.FixedBatch is { } fixedBatch ? $"takes {fixedBatch} images at once; export it with a free batch axis"
            : network.NormalisesBatches ? "normalises by the statistics of batches; export it for inference"
            : network.Weights.Count == 0 ? "has no float32 weights of layers that could be trained"
            : null;
        if (reason is not null) throw new UserErrorException(TrainingErrors.NetworkUntrainable, $"the network of {request.Extractor.Name} {reason}.");
        ExtractionResult prepared = source.LoadPrepared(request.Images, Role, cache, cancellation);
        return data with
        {
            Network = network,
            Images = prepared.Set.Features,
            ImageShape = [images.Color == ColorMode.Gray ? 1 : 3, images.Height, images.Width],
        };
    }

    private static ModelPlan Plan(ExtractorRecipe recipe, FeatureSet set)
    {
        ModelPlan plan = ModelPlan.Of(recipe with { LogitsOutput = null });
        if (plan.ExternalFolder is not null)
        {
            throw new UserErrorException(
                TrainingErrors.NetworkUntrainable, $"the model of {recipe.Name} keeps constants in other files.", advice: "Save it as one .onnx file.");
        }

        using FeatureExtractor extractor = FeatureExtractor.Create(recipe, new ExtractorOptions());
        return extractor.FeatureWidth == set.Features!.Width ? plan : throw new UserErrorException(
            DataErrors.OtherExtractor, $"{set.Source} holds {set.Features.Width} features an image, and {recipe.Name} gives {extractor.FeatureWidth}.");
    }

    private static string Recipe(ExtractorRecipe recipe, ModelPlan plan, string model, string output) => RecipeText.Write(
        recipe with { InputName = plan.Input.Name, FeaturesOutput = output, LogitsOutput = null, PoolMean = false, BuiltIn = null }, model);

    private void Warn(ExtractionResult extracted)
    {
        foreach (UnreadableImage unreadable in extracted.Unreadable) options.Warn?.Invoke($"skipped {unreadable.Id}: {unreadable.Reason}");
    }

    /// <summary>Prepared images while a network is trained: mapped from a file, so that they need not fit into memory.</summary>
    private sealed class TemporaryCache : IDisposable
    {
        private readonly string _folder = Path.Combine(Path.GetTempPath(), "qualitygate-train-" + Guid.NewGuid().ToString("N"));

        public TemporaryCache(string fingerprint) => Cache = FeatureCache.Open(_folder, fingerprint);

        public FeatureCache Cache { get; }

        public void Dispose()
        {
            Cache.Dispose();
            if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        }
    }
}
