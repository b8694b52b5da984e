using System.Diagnostics;
using System.Globalization;
using QualityGate.Errors;
using QualityGate.Onnx.Networks;

namespace QualityGate.Anomaly.Training;

/// <summary>
/// Trains a DCGAN on a folder of images, on ONNX Runtime alone. After each epoch a checkpoint, a picture of samples and the networks of the
/// best epoch are in the output folder; a training that was stopped goes on from there to the same result.
/// </summary>
/// <param name="options">What to train.</param>
/// <param name="output">The folder to write to.</param>
/// <param name="tool">Version of the tool, for <c>training.json</c>.</param>
/// <param name="progress">Hears how far it is.</param>
public sealed class GanTrainer(GanOptions options, string output, string tool, IGanProgress? progress = null)
{
    private readonly DcganParameters _parameters = new(options.Shape);
    private readonly GanFiles _files = new(output, options, tool);

    /// <summary>Trains to the last epoch.</summary>
    /// <param name="location">A folder, pattern, archive or list of images.</param>
    /// <param name="resume">Go on from the checkpoint in the output folder, when there is one.</param>
    /// <param name="cancellation">Stops between two steps; the checkpoint of the last whole epoch stays.</param>
    /// <exception cref="UserErrorException">The images or the checkpoint cannot be used, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public GanReport Run(string location, bool resume, CancellationToken cancellation = default)
    {
        bool exists = File.Exists(_files.Checkpoint);
        if (exists && !resume) throw new UserErrorException(TrainingErrors.OutputTaken, $"{_files.Checkpoint} is there already.");
        ImageBatches images = ImageBatches.Load(location, options, cancellation);
        GanState state = exists
            ? GanCheckpoint.Read(_files.Checkpoint, _parameters, options, images.Fingerprint)
            : GanState.Initial(_parameters, options.Seed);
        if (state.Epochs.Count > options.Epochs)
        {
            throw new UserErrorException(
                TrainingErrors.OtherTraining, $"{_files.Checkpoint} has {state.Epochs.Count} epochs already, more than the {options.Epochs} wanted.");
        }

        progress?.Start(images.Count, options.Epochs, state.Epochs.Count);
        if (state.Epochs.Count < options.Epochs) state = Train(images, state, cancellation);
        Export(images, state);
        return new GanReport(state.Epochs, state.ExportedEpoch!, images.Count);
    }

    private GanState Train(ImageBatches images, GanState state, CancellationToken cancellation)
    {
        using GanQuality? quality = options.FidEvery > 0 ? new GanQuality(images, options, cancellation) : null;
        using GanSteps steps = new(_parameters, options, state);
        for (int epoch = state.Epochs.Count + 1; epoch <= options.Epochs; epoch++)
        {
            long started = Stopwatch.GetTimestamp();
            (double ofDiscriminator, double ofGenerator) = Steps(steps, images, epoch, cancellation);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            IReadOnlyDictionary<string, float[]> values = steps.Values();
            double? fid = Look(quality, values, epoch, cancellation);
            GanEpoch done = new(epoch, ofDiscriminator, ofGenerator, fid);
            bool isBest = state.ExportedEpoch?.Fid is not { } best || fid < best;
            state = state with { Values = values, Step = steps.Count, Epochs = [.. state.Epochs, done] };
            if (isBest) state = state with { Exported = GanState.Part(values), ExportedEpoch = done };
            GanCheckpoint.Write(_files.Checkpoint, _parameters, options, images.Fingerprint, state);
            if (isBest) Export(images, state);
            progress?.Finish(done, isBest, images.Count / options.Batch * options.Batch / seconds);
        }

        return state;
    }

    private (double Discriminator, double Generator) Steps(GanSteps steps, ImageBatches images, int epoch, CancellationToken cancellation)
    {
        int[] order = GanRandom.Order(options.Seed, epoch, images.Count);
        GanRandom random = GanRandom.Steps(options.Seed, epoch);
        int count = images.Count / options.Batch;
        double ofDiscriminator = 0, ofGenerator = 0;
        for (int step = 0; step < count; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            (double first, double second) = steps.Take(images, order.AsSpan(step * options.Batch, options.Batch), random);
            if (!double.IsFinite(first) || !double.IsFinite(second)) throw Diverged(epoch, step + 1);
            ofDiscriminator += first;
            ofGenerator += second;
            progress?.Advance(epoch, options.Batch, first, second);
        }

        return (ofDiscriminator / count, ofGenerator / count);
    }

    private double? Look(GanQuality? quality, IReadOnlyDictionary<string, float[]> values, int epoch, CancellationToken cancellation)
    {
        using GanGenerator generator = new(DcganExport.Generator(_parameters, values["generator"], values["generator/statistics"]), options);
        _files.WriteSamples(epoch, generator.Make(GanRandom.Samples(options.Seed), SampleGrid.Count, cancellation));
        bool isDue = quality is not null && (epoch % options.FidEvery == 0 || epoch == options.Epochs);
        double? fid = isDue ? quality!.Measure(generator, cancellation) : null;
        return fid is { } value && !double.IsFinite(value) ? throw Diverged(epoch, null) : fid;
    }

    private void Export(ImageBatches images, GanState state)
    {
        _files.WriteNetworks(_parameters, state.Exported);
        _files.WriteHistory(images, state);
    }

    private static UserErrorException Diverged(int epoch, int? step) => new(
        TrainingErrors.Diverged,
        string.Create(CultureInfo.InvariantCulture, $"in epoch {epoch}{(step is null ? ", when FID was measured" : $", step {step}")}, the numbers are no longer finite."));
}
