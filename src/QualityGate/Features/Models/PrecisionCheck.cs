using System.Diagnostics;
using QualityGate.Errors;
using QualityGate.Features.Extractors;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>How far a model of a lower precision is from the one it stands for.</summary>
/// <param name="Precision">What it computes with: <c>fp16</c> or <c>int8</c>.</param>
/// <param name="RelativeError">Length of the difference of the features, divided by the length of the exact ones, over all images.</param>
/// <param name="Speed">Images a second of this model, divided by those of the exact one, on this machine's processor.</param>
/// <param name="Images">Made-up images that both saw.</param>
public sealed record PrecisionCheck(string Precision, double RelativeError, double Speed, int Images)
{
    private const int Count = 8;
    private const int Waves = 24;

    /// <summary>Compares two models on images with structure at every scale.</summary>
    /// <param name="exact">Recipe of the exact model.</param>
    /// <param name="near">Recipe of the other.</param>
    /// <param name="precision">What the other computes with.</param>
    internal static PrecisionCheck Measure(ExtractorRecipe exact, ExtractorRecipe near, ModelPrecision precision)
    {
        float[][] inputs = [.. Enumerable.Range(0, Count).Select(seed => Input(near.Preprocessing, seed))];
        (float[] expected, double exactSeconds) = Run(exact, inputs);
        (float[] actual, double nearSeconds) = Run(near, inputs);
        double difference = 0, length = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow((double)expected[i] - actual[i], 2);
            length += (double)expected[i] * expected[i];
        }

        double error = difference == 0 ? 0 : Math.Sqrt(difference / length);
        if (!double.IsFinite(error))
            throw new UserErrorException(ModelErrors.CheckFailed, $"In {precision.ToString().ToLowerInvariant()} the model gives values that are no numbers; its own values exceed that precision's range.");
        return new PrecisionCheck(precision.ToString().ToLowerInvariant(), Rounded(error), Rounded(exactSeconds / nearSeconds), Count);
    }

    // In batches as runs have them, after a first one that loads and warms the network.
    private static (float[] Features, double Seconds) Run(ExtractorRecipe recipe, float[][] inputs)
    {
        using FeatureExtractor extractor = FeatureExtractor.Create(recipe, new ExtractorOptions { BatchSize = Count / 2, ThreadsPerRun = Environment.ProcessorCount });
        float[] all = [.. inputs.SelectMany(input => input)];
        float[] features = new float[extractor.FeatureWidth * inputs.Length], logits = new float[(extractor.LogitWidth ?? 0) * inputs.Length];
        extractor.Run(all, inputs.Length, features, logits);
        Stopwatch watch = Stopwatch.StartNew();
        extractor.Run(all, inputs.Length, features, logits);
        return (features, watch.Elapsed.TotalSeconds);
    }

    /// <summary>Sums of waves whose height falls with their frequency, as photographs' does.</summary>
    private static float[] Input(PreprocessingRecipe recipe, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[recipe.Height * recipe.Width * 3];
        for (int channel = 0; channel < 3; channel++)
        {
            (double X, double Y, double Phase, double Height)[] waves = [.. Enumerable.Range(1, Waves).Select(i => (
                (random.NextDouble() - 0.5) * i, (random.NextDouble() - 0.5) * i, random.NextDouble() * Math.Tau, 1.0 / i))];
            for (int i = 0; i < recipe.Height * recipe.Width; i++)
            {
                double x = (double)(i % recipe.Width) / recipe.Width, y = (double)(i / recipe.Width) / recipe.Height;
                double value = waves.Sum(wave => wave.Height * Math.Sin((Math.Tau * ((wave.X * x) + (wave.Y * y))) + wave.Phase));
                pixels[(i * 3) + channel] = (byte)Math.Clamp(128 + (60 * value), 0, 255);
            }
        }

        var preprocessor = new ImagePreprocessor(recipe);
        float[] input = new float[preprocessor.Length];
        using DecodedImage image = DecodedImage.FromPixels("waves", recipe.Height, recipe.Width, 3, pixels);
        preprocessor.Apply(image, input);
        return input;
    }

    private static double Rounded(double value) => double.IsFinite(value) && value > 0 ? Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 15)) : 0;
}
