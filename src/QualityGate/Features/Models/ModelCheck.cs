using QualityGate.Errors;
using QualityGate.Features.Extractors;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>What a model makes of an image of noise, as a sign of life.</summary>
/// <param name="FeatureWidth">Values of one image's features; 0 without any.</param>
/// <param name="LogitWidth">Values of one image's logits, or null without any.</param>
/// <param name="Mean">Mean of the features, or of the logits of a model without features.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
public sealed record ModelCheck(int FeatureWidth, int? LogitWidth, double Mean, double StandardDeviation)
{
    // As runs do: a batch of one may take other kernels.
    private const int Batch = 2;

    /// <summary>Runs a model once.</summary>
    /// <param name="recipe">How it is fed.</param>
    /// <exception cref="UserErrorException">The model does not fit the recipe, cannot be run, or gives what is no number.</exception>
    public static ModelCheck Run(ExtractorRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        using FeatureExtractor extractor = FeatureExtractor.Create(recipe, new ExtractorOptions { BatchSize = Batch, ThreadsPerRun = Environment.ProcessorCount });
        ImagePreprocessor preprocessor = new(recipe.Preprocessing);
        float[] input = new float[preprocessor.Length];
        using (DecodedImage noise = Noise(recipe.Preprocessing.Height, recipe.Preprocessing.Width))
        {
            preprocessor.Apply(noise, input);
        }

        float[] features = new float[extractor.FeatureWidth], logits = new float[extractor.LogitWidth ?? 0];
        extractor.Run(input, 1, features, logits);
        float[] values = features.Length > 0 ? features : logits;
        if (features.Concat(logits).Any(v => !float.IsFinite(v)))
            throw new UserErrorException(ModelErrors.CheckFailed, $"Model '{recipe.Name}' makes values that are no finite numbers of an image of noise.");
        double mean = values.Average(v => (double)v);
        return new ModelCheck(features.Length, extractor.LogitWidth, mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }

    private static DecodedImage Noise(int height, int width)
    {
        byte[] pixels = new byte[height * width * 3];
        new Random(0).NextBytes(pixels);
        return DecodedImage.FromPixels("noise", height, width, 3, pixels);
    }
}
