using System.Diagnostics;
using System.Globalization;
using QualityGate.Features.Cache;
using QualityGate.Features.Extraction;
using QualityGate.Features.Extractors;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Bench;

/// <summary>
/// Extraction against what it is made of: the bare session on ready inputs (the better of one worker with all threads and one worker a
/// core with one thread), and reading, decoding and preprocessing alone. The floor is what the CPU seconds of both together allow on the cores there are.
/// </summary>
internal static class ExtractionBench
{
    private const int Rounds = 3;
    private static readonly int Cores = Environment.ProcessorCount;
    private static readonly TimeSpan BareTime = TimeSpan.FromSeconds(4);

    public static void Run(string extractorName, string images, int? batchSize)
    {
        string folder = Directory.CreateTempSubdirectory("qualitygate-bench-").FullName;
        try
        {
            ExtractorRecipe recipe = extractorName == "residual-299"
                ? ResidualNetwork.Write(folder)
                : ExtractorSource.Resolve(extractorName, Directory.GetCurrentDirectory());
            int batch = batchSize ?? ExtractionOptions.DefaultBatchSize(recipe.Preprocessing);
            double bare = 0, decode = double.MaxValue, whole = 0;
            for (int round = 0; round < Rounds; round++)
            {
                // Alternating rounds meet the same weather on a shared machine; the best of each counts.
                bare = Math.Max(bare, Math.Max(Bare(recipe, batch, 1, Cores), Bare(recipe, batch, Cores, 1)));
                decode = Math.Min(decode, DecodeSeconds(recipe, images));
                whole = Math.Max(whole, Whole(recipe, images, batch, Path.Combine(folder, $"cache{round}")));
            }

            double floor = Cores / (decode + (Cores / bare));
            Print($"batch                   {batch}");
            Print($"bare session            {bare:0.0} images/s");
            Print($"decode and preprocess   {decode * 1000:0.000} CPU ms an image");
            Print($"extraction              {whole:0.0} images/s");
            Print($"extraction / bare       {whole / bare:0.000}");
            Print($"extraction / both       {whole / floor:0.000}   (both: {floor:0.0} images/s are what the CPU seconds of decoding and inference allow)");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Bare(ExtractorRecipe recipe, int batch, int workers, int threads)
    {
        using FeatureExtractor extractor = FeatureExtractor.Create(recipe, new ExtractorOptions { BatchSize = batch, ThreadsPerRun = threads });
        int features = extractor.FeatureWidth, logits = extractor.LogitWidth ?? 0, done = 0;
        int length = extractor.Channels * extractor.Height * extractor.Width;
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] running = [.. Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            float[] input = new float[batch * length], featureRows = new float[batch * features], logitRows = new float[batch * logits];
            Random random = new(1);
            for (int i = 0; i < input.Length; i++)
            {
                input[i] = random.NextSingle();
            }

            while (watch.Elapsed < BareTime)
            {
                extractor.Run(input, batch, featureRows, logitRows);
                Interlocked.Add(ref done, batch);
            }
        }))];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        return done / watch.Elapsed.TotalSeconds;
    }

    private static double DecodeSeconds(ExtractorRecipe recipe, string location)
    {
        using ImageSet set = ImageSet.Open(location);
        ImagePreprocessor preprocessor = new(recipe.Preprocessing);
        int count = Math.Min(set.Count, 4000), next = -1;

        // On all cores at once, since that is how the extraction finds them: cores that share caches and units are slower together.
        long started = Stopwatch.GetTimestamp();
        Thread[] running = [.. Enumerable.Range(0, Cores).Select(_ => new Thread(() =>
        {
            float[] input = new float[preprocessor.Length];
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                using ImageBytes bytes = set.Read(i);
                using DecodedImage image = ImageDecoder.Decode(bytes.Span, set.Ids[i]);
                preprocessor.Apply(image, input);
            }
        }))];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        return Stopwatch.GetElapsedTime(started).TotalSeconds * Cores / count;
    }

    private static double Whole(ExtractorRecipe recipe, string location, int batch, string cacheFolder)
    {
        ExtractorIdentity identity = ExtractorIdentity.Of(recipe);
        using FeatureExtractor extractor = FeatureExtractor.Create(recipe, new ExtractorOptions { BatchSize = batch });
        _ = extractor.FeatureWidth;
        using FeatureCache cache = FeatureCache.Open(cacheFolder, identity.Fingerprint);
        using ImageSet set = ImageSet.Open(location);
        long started = Stopwatch.GetTimestamp();
        ExtractionResult result = new ExtractionPipeline(recipe, identity, extractor, cache, new ExtractionOptions { BatchSize = batch })
            .Run(set, CancellationToken.None);
        return result.Computed / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
