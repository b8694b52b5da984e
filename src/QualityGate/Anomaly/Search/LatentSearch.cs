using Microsoft.ML.OnnxRuntime;
using QualityGate.Errors;
using QualityGate.Onnx;
using QualityGate.Onnx.Networks;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Search;

/// <summary>One image that is searched for.</summary>
/// <param name="Hash">SHA-256 of its bytes, from which its search begins.</param>
/// <param name="Values">The image in the generator's range and layout, <c>[C, H, W]</c>.</param>
public sealed record SearchedImage(byte[] Hash, float[] Values);

/// <summary>What a search found.</summary>
/// <param name="Residual">R: how far the nearest generated image is.</param>
/// <param name="Discrimination">D: how far the discriminator's layer is.</param>
/// <param name="Score">A = (1 - l) R + l D.</param>
/// <param name="Latent">z of the nearest generated image.</param>
/// <param name="Steps">Steps that were made from the beginning that won.</param>
public sealed record FoundImage(float Residual, float Discrimination, float Score, float[] Latent, int Steps);

/// <summary>
/// Finds for each image the nearest one that a generator makes (Schlegl et al., 2017): gradient descent on its latent vector. The result of an image does
/// not depend on the images it steps with, on their order, or on the number of workers.
/// </summary>
public sealed class LatentSearch : IDisposable
{
    /// <summary>What a score must fall by, relative to the best so far, to count as progress.</summary>
    private const double Progress = 1e-3;

    private readonly LatentSearchOptions _options;
    private readonly LatentSessions _sessions;

    private LatentSearch(LatentSearchOptions options, LatentSessions sessions)
    {
        _options = options;
        _sessions = sessions;
    }

    /// <summary>Values of one image.</summary>
    public int ImageLength => _sessions.ImageLength;

    /// <summary>Lengths of one latent vector.</summary>
    public IReadOnlyList<long> LatentShape => _sessions.LatentShape;

    /// <summary>Channels, height and width of the discriminator's input, or one length when it takes flat images.</summary>
    public IReadOnlyList<long> ImageShape => _sessions.DiscriminatorShape;

    /// <summary>Loads a pair of networks.</summary>
    /// <param name="generator">z <c>[batch, ...]</c> to an image <c>[batch, ...]</c>.</param>
    /// <param name="discriminator">An image to anything that has a layer to compare.</param>
    /// <param name="options">How to search.</param>
    /// <param name="device">Where to run.</param>
    /// <exception cref="UserErrorException">QG4503: the networks cannot be searched: an operator without a derivative, shapes that do not fit, no such layer.</exception>
    public static LatentSearch Create(OnnxModel generator, OnnxModel discriminator, LatentSearchOptions options, ComputeDevice device = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var graph = new LatentGraph(generator, discriminator, new LatentGraphOptions
            {
                ResidualWeight = 1 - options.Lambda,
                DiscriminationWeight = options.Lambda,
                UsesMeans = options.UsesMeans,
                FeatureLayer = options.FeatureLayer,
                LearningRate = options.LearningRate,
                Beta1 = options.Beta1,
                Box = options.Box,
            });
            return new LatentSearch(options, new LatentSessions(graph, device));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or Onnx.Gradients.GradientNotSupportedException or OnnxRuntimeException)
        {
            throw new UserErrorException(DataErrors.LatentSearchImpossible, $"These networks cannot be searched: {error.Message}", innerException: error);
        }
    }

    /// <summary>Searches for some images.</summary>
    /// <param name="images">The images; asked for once each, from several threads.</param>
    /// <param name="count">How many.</param>
    /// <param name="done">Hears after each batch how many images are finished, or null.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>What was found, in the same order.</returns>
    public IReadOnlyList<FoundImage> Run(Func<int, SearchedImage> images, int count, Action<int>? done, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        var found = new FoundImage[count];
        int workers = Math.Min(_options.Workers > 0 ? _options.Workers : Environment.ProcessorCount, (count + BatchSize - 1) / BatchSize);
        int next = 0, finished = 0;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, workers), CancellationToken = cancellation }, _ =>
        {
            using var batch = new LatentBatch(_sessions, BatchSize);
            for (int start = Interlocked.Add(ref next, BatchSize) - BatchSize; start < count; start = Interlocked.Add(ref next, BatchSize) - BatchSize)
            {
                int size = Math.Min(BatchSize, count - start);
                Search(batch, [.. Enumerable.Range(start, size).Select(images)], found.AsMemory(start, size), cancellation);
                done?.Invoke(Interlocked.Add(ref finished, size));
            }
        });
        return found;
    }

    /// <summary>The generated image of each latent vector, in the generator's range.</summary>
    /// <param name="found">Results of <see cref="Run"/>, and the images they were found for.</param>
    public float[][] Generate(IReadOnlyList<(SearchedImage Image, FoundImage Found)> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var generated = new float[found.Count][];
        using var batch = new LatentBatch(_sessions, BatchSize);
        for (int start = 0; start < found.Count; start += BatchSize)
        {
            int size = Math.Min(BatchSize, found.Count - start);
            batch.Begin();
            for (int i = 0; i < size; i++) found[start + i].Found.Latent.CopyTo(batch.Latents, i * _sessions.LatentLength);
            batch.Score();
            for (int i = 0; i < size; i++) generated[start + i] = batch.Generated.AsSpan(i * ImageLength, ImageLength).ToArray();
        }

        return generated;
    }

    /// <inheritdoc />
    public void Dispose() => _sessions.Dispose();

    // Batches are always full, the last ones with blanks: kernels may sum in another order for another number of rows.
    private int BatchSize => Math.Max(2, _options.BatchSize);

    private void Search(LatentBatch batch, SearchedImage[] images, Memory<FoundImage> found, CancellationToken cancellation)
    {
        int length = _sessions.LatentLength;
        for (int restart = 0; restart < Math.Max(1, _options.Restarts); restart++)
        {
            Array.Clear(batch.Images);
            for (int i = 0; i < images.Length; i++) images[i].Values.CopyTo(batch.Images, i * ImageLength);
            batch.Begin();
            for (int i = 0; i < images.Length; i++) LatentStart.Draw(images[i].Hash, _options, restart, batch.Latents.AsSpan(i * length, length));
            var race = new SearchRace(images.Length, _options.Patience, Progress);
            for (int step = 1; step <= _options.Steps && !race.IsOver; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                float[] before = batch.Latents;
                batch.Step(step);
                if (_options.Patience is not null) race.Observe(step, i => Found(batch, i, before, step - 1));
            }

            batch.Score();
            for (int i = 0; i < images.Length; i++)
            {
                FoundImage last = race.Ended(i) ?? Found(batch, i, batch.Latents, _options.Steps);
                ref FoundImage best = ref found.Span[i];
                if (restart == 0 || last.Score < best.Score) best = last;
            }
        }
    }

    private FoundImage Found(LatentBatch batch, int i, float[] latents, int steps)
    {
        float residual = batch.Residual[i], discrimination = batch.Discrimination[i];
        double score = ((1 - _options.Lambda) * residual) + (_options.Lambda * discrimination);
        int length = _sessions.LatentLength;
        return new FoundImage(residual, discrimination, (float)score, latents.AsSpan(i * length, length).ToArray(), steps);
    }
}
