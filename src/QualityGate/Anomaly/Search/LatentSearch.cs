using System.Collections.Concurrent;
using QualityGate.Errors;
using QualityGate.Features.Extractors;
using QualityGate.Onnx;
using QualityGate.Onnx.Networks;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Search;

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
public sealed class LatentSearch : IImageModel, IDisposable
{
    /// <summary>What a score must fall by, relative to the best so far, to count as progress.</summary>
    private const double Progress = 1e-3;

    /// <summary>Numbers of a row before its latent vector.</summary>
    private const int RowHead = 4;

    private readonly ConcurrentBag<LatentBatch> _idle = [];

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

    /// <summary>Lengths of one generated image: channels, height and width, or one length when it is flat.</summary>
    public IReadOnlyList<long> ImageShape => _sessions.ImageShape;

    /// <summary>Whether both networks see images of this size, channels first, where they are not flat.</summary>
    public bool Fits(int channels, int height, int width) =>
        channels * height * width == ImageLength && LatentSessions.IsImage(_sessions.ImageShape, channels, height, width) && LatentSessions.IsImage(_sessions.DiscriminatorShape, channels, height, width);

    /// <summary>Loads a pair of networks.</summary>
    /// <param name="generator">z <c>[batch, ...]</c> to an image <c>[batch, ...]</c>.</param>
    /// <param name="discriminator">An image to anything that has a layer to compare.</param>
    /// <param name="options">How to search.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="encoder">An image to a latent vector, at which the first search begins (f-AnoGAN; Schlegl et al., 2019), or null to begin at random.</param>
    /// <exception cref="UserErrorException">QG4503: the networks cannot be searched: an operator without a derivative, shapes that do not fit, no such layer.</exception>
    public static LatentSearch Create(OnnxModel generator, OnnxModel discriminator, LatentSearchOptions options, ComputeDevice device = default, OnnxModel? encoder = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new LatentSearch(options, LatentSessions.Open(
            generator,
            discriminator,
            () => new LatentGraphOptions
            {
                ResidualWeight = 1 - options.Lambda,
                DiscriminationWeight = options.Lambda,
                UsesMeans = options.UsesMeans,
                FeatureLayer = options.FeatureLayer,
                LearningRate = options.LearningRate,
                Beta1 = options.Beta1,
                Box = options.Box,
            },
            device,
            encoder));
    }

    /// <summary>Score, residual and discrimination of an image, the steps of its search, and its latent vector.</summary>
    public int FeatureWidth => RowHead + _sessions.LatentLength;

    /// <summary>None.</summary>
    public int? LogitWidth => null;

    /// <inheritdoc />
    public void Run(ReadOnlyMemory<float> input, int count, Span<float> features, Span<float> logits)
    {
        for (int start = 0; start < count; start += BatchSize)
        {
            int size = Math.Min(BatchSize, count - start);
            int first = start;
            FoundImage[] found = Search(size, i => input.Slice((first + i) * ImageLength, ImageLength), CancellationToken.None);
            for (int i = 0; i < size; i++) Write(found[i], features.Slice((first + i) * FeatureWidth, FeatureWidth));
        }
    }

    /// <summary>Reads a row that <see cref="Run"/> wrote.</summary>
    /// <param name="row">The row.</param>
    public static FoundImage Read(ReadOnlySpan<float> row) => new(row[1], row[2], row[0], row[RowHead..].ToArray(), (int)row[3]);

    /// <summary>Searches for some images.</summary>
    /// <param name="images">Each in the generator's range and layout, <c>[C, H, W]</c>.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>What was found, in the same order.</returns>
    public IReadOnlyList<FoundImage> Find(IReadOnlyList<float[]> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        var found = new FoundImage[images.Count];
        int batches = (images.Count + BatchSize - 1) / BatchSize;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Workers > 0 ? _options.Workers : Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, batches, parallel, batch =>
        {
            int start = batch * BatchSize;
            Search(Math.Min(BatchSize, images.Count - start), i => images[start + i], cancellation).CopyTo(found, start);
        });
        return found;
    }

    /// <summary>The generated images of some latent vectors, in the generator's range.</summary>
    /// <param name="latents">The vectors.</param>
    public float[][] Generate(IReadOnlyList<float[]> latents)
    {
        ArgumentNullException.ThrowIfNull(latents);
        var generated = new float[latents.Count][];
        LatentBatch batch = Take();
        for (int start = 0; start < latents.Count; start += BatchSize)
        {
            int size = Math.Min(BatchSize, latents.Count - start);
            Array.Clear(batch.Images);
            batch.Begin();
            for (int i = 0; i < size; i++) latents[start + i].CopyTo(batch.Latents, i * _sessions.LatentLength);
            batch.Score();
            for (int i = 0; i < size; i++) generated[start + i] = batch.Generated.AsSpan(i * ImageLength, ImageLength).ToArray();
        }

        _idle.Add(batch);
        return generated;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        while (_idle.TryTake(out LatentBatch? batch)) batch.Dispose();
        _sessions.Dispose();
    }

    // Batches are always full, the last ones with blanks: kernels may sum in another order for another number of rows.
    private int BatchSize => Math.Max(2, _options.BatchSize);

    private LatentBatch Take() => _idle.TryTake(out LatentBatch? batch) ? batch : new LatentBatch(_sessions, BatchSize);

    private static void Write(FoundImage found, Span<float> row)
    {
        row[0] = found.Score;
        row[1] = found.Residual;
        row[2] = found.Discrimination;
        row[3] = found.Steps;
        found.Latent.CopyTo(row[RowHead..]);
    }

    private FoundImage[] Search(int count, Func<int, ReadOnlyMemory<float>> image, CancellationToken cancellation)
    {
        LatentBatch batch = Take();
        int length = _sessions.LatentLength;
        var found = new FoundImage[count];
        for (int restart = 0; restart < Math.Max(1, _options.Restarts); restart++)
        {
            Array.Clear(batch.Images);
            for (int i = 0; i < count; i++) image(i).Span.CopyTo(batch.Images.AsSpan(i * ImageLength));
            batch.Begin();
            if (restart == 0 && _sessions.HasEncoder) _sessions.Encode(batch.Images, batch.Latents, BatchSize);
            else for (int i = 0; i < count; i++) LatentStart.Draw(image(i).Span, _options, restart, batch.Latents.AsSpan(i * length, length));
            SearchRace race = Descend(batch, count, cancellation);
            batch.Score();
            for (int i = 0; i < count; i++)
            {
                FoundImage last = race.Ended(i) ?? Found(batch, i, batch.Latents, _options.Steps);
                if (restart == 0 || last.Score < found[i].Score || float.IsNaN(found[i].Score)) found[i] = last;
            }
        }

        _idle.Add(batch);
        return found;
    }

    private SearchRace Descend(LatentBatch batch, int count, CancellationToken cancellation)
    {
        var race = new SearchRace(count, _options.Patience, Progress);
        for (int step = 1; step <= _options.Steps && !race.IsOver; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] before = batch.Latents;
            batch.Step(step);
            int made = step - 1;
            if (_options.Patience is not null) race.Observe(step, i => Found(batch, i, before, made));
        }

        return race;
    }

    private FoundImage Found(LatentBatch batch, int i, float[] latents, int steps)
    {
        float residual = batch.Residual[i], discrimination = batch.Discrimination[i];
        double score = ((1 - _options.Lambda) * residual) + (_options.Lambda * discrimination);
        int length = _sessions.LatentLength;
        return new FoundImage(residual, discrimination, (float)score, latents.AsSpan(i * length, length).ToArray(), steps);
    }
}
