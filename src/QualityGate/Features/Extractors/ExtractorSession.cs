using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using QualityGate.Errors;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>A network loaded into ONNX Runtime.</summary>
internal sealed class ExtractorSession : IDisposable
{
    /// <summary>
    /// One row makes some matrix kernels take another path, whose last bits differ; a batch of one is therefore padded to two.
    /// </summary>
    private const int FewestImages = 2;

    private readonly ExtractorRecipe _recipe;
    private readonly ModelPlan _plan;
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly int _mostImages;

    private ExtractorSession(ExtractorRecipe recipe, ModelPlan plan, ExtractorOptions options)
    {
        _recipe = recipe;
        _mostImages = plan.Input.FixedBatch ?? options.BatchSize;
        _session = Load(plan, options);
        _plan = plan with { Bytes = [] };
        _inputs = [plan.Input.Name];
        _outputs = ((string?[])[plan.Features, plan.Logits]).OfType<string>().Distinct().ToArray();
    }

    /// <summary>Values of one image's features; 0 for none.</summary>
    public int FeatureWidth { get; private set; }

    /// <summary>Values of one image's logits; null for none.</summary>
    public int? LogitWidth { get; private set; }

    private int ImageLength => (_recipe.Preprocessing.Color == ColorMode.Gray ? 1 : 3) * _recipe.Preprocessing.Height * _recipe.Preprocessing.Width;

    public static ExtractorSession Open(ExtractorRecipe recipe, ExtractorOptions options)
    {
        ExtractorSession? session = null;
        try
        {
            session = new ExtractorSession(recipe, ModelPlan.Of(recipe), options);
            session.MeasureWidths();
            return session;
        }
        catch (OnnxRuntimeException error)
        {
            session?.Dispose();
            throw CannotRun(recipe, error);
        }
        catch (UserErrorException)
        {
            session?.Dispose();
            throw;
        }
    }

    public void Run(ReadOnlyMemory<float> input, int count, Span<float> features, Span<float> logits)
    {
        try
        {
            for (int start = 0; start < count; start += _mostImages)
            {
                int images = Math.Min(_mostImages, count - start);
                ReadOnlyMemory<float> part = input.Slice(start * ImageLength, images * ImageLength);
                Span<float> featurePart = features.Slice(start * FeatureWidth, images * FeatureWidth);
                int logitWidth = LogitWidth ?? 0;
                RunPart(part, images, featurePart, logits.Slice(start * logitWidth, images * logitWidth));
            }
        }
        catch (OnnxRuntimeException error)
        {
            throw CannotRun(_recipe, error);
        }
    }

    public void Dispose() => _session.Dispose();

    private static InferenceSession Load(ModelPlan plan, ExtractorOptions options)
    {
        // The arena keeps the buffers between batches: without it their pages are fetched from the system anew for each batch, which
        // took up to a third of the time. Failures are thrown, so the runtime need not print them too.
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = options.ThreadsPerRun,
            InterOpNumThreads = 1,
            EnableCpuMemArena = true,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        CudaProvider.Apply(settings, options.Device);
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (plan.ExternalFolder is { } folder) settings.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        return new InferenceSession(plan.Bytes, settings);
    }

    /// <summary>Runs one blank batch: many models do not say how wide their tensors are.</summary>
    private void MeasureWidths()
    {
        int batch = BatchFor(1);
        float[] blank = ArrayPool<float>.Shared.Rent(batch * ImageLength);
        Array.Clear(blank);
        using IDisposableReadOnlyCollection<OrtValue> results = RunSession(blank.AsMemory(0, batch * ImageLength), batch);
        ArrayPool<float>.Shared.Return(blank);
        if (_plan.Features is { } features) FeatureWidth = WidthOf(results, features, _recipe.FeaturesOutput ?? features, batch);
        if (_plan.Logits is { } logits) LogitWidth = WidthOf(results, logits, logits, batch);
    }

    private int WidthOf(IDisposableReadOnlyCollection<OrtValue> results, string tensor, string shownName, int batch)
    {
        OrtTensorTypeAndShapeInfo info = results[Array.IndexOf(_outputs, tensor)].GetTensorTypeAndShape();
        if (info.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float)
        {
            return ModelOutputs.RowWidth(_recipe.Name, shownName, info.Shape, batch, _recipe.KeepsMap);
        }

        throw new UserErrorException(
            DataErrors.ModelOutputUnusable,
            $"Tensor '{shownName}' of extractor '{_recipe.Name}' holds {info.ElementDataType} values; features must be float32.");
    }

    private void RunPart(ReadOnlyMemory<float> images, int count, Span<float> features, Span<float> logits)
    {
        int batch = BatchFor(count);
        float[]? padded = null;
        Memory<float> input = MemoryMarshal.AsMemory(images);
        if (batch > count)
        {
            padded = ArrayPool<float>.Shared.Rent(batch * ImageLength);
            images.Span.CopyTo(padded);
            padded.AsSpan(images.Length, (batch * ImageLength) - images.Length).Clear();
            input = padded.AsMemory(0, batch * ImageLength);
        }

        using (IDisposableReadOnlyCollection<OrtValue> results = RunSession(input, batch))
        {
            Copy(results, _plan.Features, batch, FeatureWidth, features);
            Copy(results, _plan.Logits, batch, LogitWidth ?? 0, logits);
        }

        if (padded is not null) ArrayPool<float>.Shared.Return(padded);
    }

    private int BatchFor(int count) =>
        _plan.Input.FixedBatch ?? (_mostImages == 1 ? 1 : Math.Max(count, FewestImages));

    private IDisposableReadOnlyCollection<OrtValue> RunSession(Memory<float> input, int batch)
    {
        PreprocessingRecipe images = _recipe.Preprocessing;
        long[] shape = [batch, images.Color == ColorMode.Gray ? 1 : 3, images.Height, images.Width];
        using var options = new RunOptions();
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, shape);
        return _session.Run(options, _inputs, [value], _outputs);
    }

    private void Copy(IDisposableReadOnlyCollection<OrtValue> results, string? tensor, int batch, int width, Span<float> destination)
    {
        if (tensor is null) return;
        ReadOnlySpan<float> values = results[Array.IndexOf(_outputs, tensor)].GetTensorDataAsSpan<float>();
        if (values.Length != (long)batch * width)
        {
            throw new UserErrorException(
                DataErrors.ModelOutputUnusable, $"Tensor '{tensor}' of extractor '{_recipe.Name}' changed its width between two batches.");
        }

        values[..destination.Length].CopyTo(destination);
    }

    private static UserErrorException CannotRun(ExtractorRecipe recipe, OnnxRuntimeException error)
    {
        string hint = recipe.PoolMean ? " (`pool: mean` needs a tensor [batch, channels, height, width].)" : "";
        return new UserErrorException(
            DataErrors.ModelCannotRun, $"Extractor '{recipe.Name}' cannot be run: {error.Message}{hint}", innerException: error);
    }
}
