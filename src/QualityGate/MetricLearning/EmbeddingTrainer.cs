using System.Diagnostics;
using System.Globalization;
using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Onnx.Embeddings;
using QualityGate.Onnx.Gradients;

namespace QualityGate.MetricLearning;

/// <summary>
/// Trains an embedding so that images of a class lie near each other, on ONNX Runtime alone. After each epoch a checkpoint is in the output folder; a training that was
/// stopped goes on from there to the same result. The epoch to export is chosen on held-back images of the training classes; recall on the other classes is only told.
/// </summary>
/// <param name="options">What to train.</param>
/// <param name="output">The folder to write to.</param>
/// <param name="tool">Version of the tool, for <c>training.json</c>.</param>
/// <param name="progress">Hears how far it is.</param>
public sealed class EmbeddingTrainer(EmbeddingOptions options, string output, string tool, IEmbeddingProgress? progress = null)
{
    /// <summary>Classes of a batch when nothing is said.</summary>
    internal const int MostBatchClasses = 16;

    private readonly EmbeddingFiles _files = new(output, tool);

    /// <summary>Throws when the folder holds a training and none is to be gone on with: better before images are read than after.</summary>
    /// <exception cref="UserErrorException">QG4704.</exception>
    public void RequireFree(bool resume)
    {
        if (File.Exists(_files.Checkpoint) && !resume) throw new UserErrorException(TrainingErrors.OutputTaken, $"{_files.Checkpoint} is there already.");
    }

    /// <summary>Trains to the last epoch, or until no better one comes.</summary>
    /// <param name="data">Labelled images.</param>
    /// <param name="resume">Go on from the checkpoint in the output folder, when there is one.</param>
    /// <param name="cancellation">Stops between two steps; the checkpoint of the last whole epoch stays.</param>
    /// <exception cref="UserErrorException">The images or the checkpoint cannot be used, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public EmbeddingReport Run(EmbeddingData data, bool resume, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireFree(resume);
        ClassSplit split = ClassSplit.Of(data.Labels, options);
        EmbeddingShape shape = new(data.Features.Width, Math.Min(options.Dimensions, data.Features.Width), options.Head == EmbeddingHead.Mlp ? options.Hidden : null, split.TrainedClasses.Length)
        {
            Kept = options.Kept,
        };
        EmbeddingParameters parameters = new(shape, options.Loss, data.Network);
        EmbeddingState state = File.Exists(_files.Checkpoint)
            ? EmbeddingCheckpoint.Read(_files.Checkpoint, parameters, options, data.Fingerprint)
            : EmbeddingState.Initial(parameters, options.Seed);
        if (state.Epochs.Count > options.Epochs)
        {
            throw new UserErrorException(
                TrainingErrors.OtherTraining, $"{_files.Checkpoint} has {state.Epochs.Count} epochs already, more than the {options.Epochs} wanted.");
        }

        try
        {
            double shrinkage = options.Shrinkage ?? StartingChoice.Of(data, split, options, cancellation);
            FeatureProjection start = StartingPoint.Of(data.Features, split.TrainRows, options, shrinkage);
            return Run(new Setting(data, split, parameters, start, shrinkage), state, cancellation);
        }
        catch (GradientNotSupportedException error)
        {
            throw new UserErrorException(TrainingErrors.NetworkUntrainable, error.Message, innerException: error);
        }
        catch (MetricUnavailableException error)
        {
            throw new UserErrorException(DataErrors.MetricUnavailable, $"recall: {error.Message}.", innerException: error);
        }
    }

    private EmbeddingReport Run(Setting setting, EmbeddingState state, CancellationToken cancellation)
    {
        using EmbeddingLook look = new(setting.Data, setting.Split, setting.Parameters, setting.Start, options.ThreadCount);
        EmbeddingRecall raw = look.Raw(cancellation);
        EmbeddingEpoch untrained = new(0, null, look.Trained(setting.Parameters.InitialWeights(options.Seed), cancellation));
        progress?.Start(setting.Split.TrainRows.Length, setting.Split.TrainedClasses.Length, options.Epochs, state.Epochs.Count);
        if (state.Epochs.Count < options.Epochs && !state.IsOver(options)) state = Train(setting, state, look, cancellation);
        if (state.Epochs.Count < options.Epochs) progress?.StopEarly(state.ExportedEpoch!);
        _files.WriteExtractor(setting.Data, setting.Parameters, setting.Start, state.Exported);
        EmbeddingReport report = new()
        {
            Shrinkage = setting.Shrinkage,
            Raw = raw,
            Untrained = untrained,
            Epochs = state.Epochs,
            Exported = state.ExportedEpoch!,
            Gain = look.Gain(state.Exported, cancellation),
            Files = _files.ExtractorOf(setting.Data),
        };
        _files.WriteHistory(setting.Data, setting.Split, options, report, state.Step);
        return report;
    }

    private EmbeddingState Train(Setting setting, EmbeddingState state, EmbeddingLook look, CancellationToken cancellation)
    {
        using EmbeddingSteps steps = new(setting.Data, setting.Parameters, setting.Start, options, state);
        string fingerprint = setting.Data.Fingerprint;
        while (state.Epochs.Count < options.Epochs && !state.IsOver(options))
        {
            int epoch = state.Epochs.Count + 1;
            long started = Stopwatch.GetTimestamp();
            (double loss, int images) = Steps(steps, setting.Split, epoch, cancellation);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            IReadOnlyDictionary<string, float[]> values = steps.Values();
            bool isDue = epoch % options.RecallEvery == 0 || epoch == options.Epochs;
            EmbeddingEpoch done = new(epoch, loss, isDue ? look.Trained(values["weights"], cancellation) : null);
            state = state.After(done, values, steps.Count);
            EmbeddingCheckpoint.Write(_files.Checkpoint, setting.Parameters, options, fingerprint, state);
            progress?.Finish(done, ReferenceEquals(done, state.ExportedEpoch), images / seconds);
        }

        return state;
    }

    private (double Loss, int Images) Steps(EmbeddingSteps steps, ClassSplit split, int epoch, CancellationToken cancellation)
    {
        ClassBatches batches = new(split.Train, options, epoch);
        int size = ClassBatches.SizeOf(split.Train.Length, options);
        int[] rows = new int[size], classes = new int[size];
        double sum = 0;
        for (int step = 1; step <= batches.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            batches.Draw(rows, classes);
            double loss = steps.Take(rows, classes);
            if (!double.IsFinite(loss))
            {
                throw new UserErrorException(
                    TrainingErrors.Diverged,
                    string.Create(CultureInfo.InvariantCulture, $"in epoch {epoch}, step {step}, the loss is no longer finite."),
                    advice: EmbeddingSteps.DivergedAdvice);
            }

            sum += loss;
            progress?.Advance(epoch, size, loss);
        }

        return (sum / batches.Steps, size * batches.Steps);
    }

    private sealed record Setting(EmbeddingData Data, ClassSplit Split, EmbeddingParameters Parameters, FeatureProjection Start, double Shrinkage);
}
