using System.Diagnostics;
using System.Globalization;
using QualityGate.Anomaly.Evaluation;
using QualityGate.Anomaly.Search;
using QualityGate.Images;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Bench;

/// <summary>Speed of the latent search, and how well its scores tell two sets apart.</summary>
internal static class LatentBench
{
    public static void Run(string generator, string discriminator, string recipe, string normal, string anomalous, int count, string[] settings)
    {
        double Setting(string name, double otherwise) =>
            settings.Where(s => s.StartsWith(name + "=", StringComparison.Ordinal)).Select(s => double.Parse(s[(name.Length + 1)..], CultureInfo.InvariantCulture)).FirstOrDefault(otherwise);
        var options = new LatentSearchOptions
        {
            Steps = (int)Setting("steps", 500),
            LearningRate = Setting("rate", 0.01),
            BatchSize = (int)Setting("batch", 32),
            Lambda = Setting("lambda", 0.1),
            Restarts = (int)Setting("restarts", 1),
            Seed = (long)Setting("seed", 0),
            Prior = Setting("uniform", 0) > 0 ? LatentPrior.Uniform : LatentPrior.Normal,
            Box = Setting("box", 0) > 0 ? Setting("box", 0) : null,
        };
        using LatentSearch search = LatentSearch.Create(OnnxModel.Load(generator), OnnxModel.Load(discriminator), options);
        var preprocessor = new ImagePreprocessor(RecipeReader.Read(recipe).Preprocessing);
        float[][] images = [.. Load(preprocessor, normal, count), .. Load(preprocessor, anomalous, count)];
        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<FoundImage> found = search.Find(images);
        double seconds = watch.Elapsed.TotalSeconds;
        double[] scores = [.. found.Select(f => (double)f.Score)];
        bool[] labels = [.. Enumerable.Range(0, images.Length).Select(i => i >= images.Length - count)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{images.Length} images, {options.Steps} steps: {seconds:0.0} s, {images.Length / seconds:0.00} images/s; mean score {scores[..^count].Average():0.00} normal, {scores[^count..].Average():0.00} anomalous; AUROC {AreaUnderCurve.Of(scores, labels):0.0000}; peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
    }

    private static IEnumerable<float[]> Load(ImagePreprocessor preprocessor, string folder, int count)
    {
        foreach (string path in Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % Math.Max(1, Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories).Length / count) == 0).Take(count))
        {
            byte[] bytes = File.ReadAllBytes(path);
            float[] values = new float[preprocessor.Length];
            using DecodedImage image = ImageDecoder.Decode(bytes, path);
            preprocessor.Apply(image, values);
            yield return values;
        }
    }
}
