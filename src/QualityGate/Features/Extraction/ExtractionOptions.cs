using QualityGate.Specs;

namespace QualityGate.Features.Extraction;

/// <summary>How an extraction runs. None of it changes a number.</summary>
public sealed record ExtractionOptions
{
    // Large inputs gain nothing from larger batches and cost memory; small ones gain by spreading what each call costs.
    private const int InputValuesPerBatch = 1 << 18;
    private const int SmallestBatch = 4;
    private const int LargestBatch = 64;

    /// <summary>Images that go through the model at once, in each worker.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Workers that read, decode and infer side by side. Default: one a core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>What happens to unreadable images.</summary>
    public OnUnreadable OnUnreadable { get; init; } = OnUnreadable.Error;

    /// <summary>How long it may take, or null for as long as it does. Changes no number as long as it suffices.</summary>
    public ExtractionBudget? Budget { get; init; }

    /// <summary>Hears how far it is.</summary>
    public IExtractionProgress? Progress { get; init; }

    /// <summary>The batch size that suits a model's input: 4 at 224 x 224, 21 at 64 x 64, 64 at 28 x 28 on the processor; 64 on a GPU.</summary>
    /// <param name="recipe">How images are fed.</param>
    /// <param name="device">Where the model runs.</param>
    public static int DefaultBatchSize(PreprocessingRecipe recipe, ComputeDevice device = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        if (device.Kind == ComputeDeviceKind.Cuda) return LargestBatch;
        long values = (long)recipe.Height * recipe.Width * (recipe.Color == ColorMode.Gray ? 1 : 3);
        return (int)Math.Clamp(InputValuesPerBatch / Math.Max(values, 1), SmallestBatch, LargestBatch);
    }

    /// <summary>What progress calls this set: <c>reference</c> or <c>candidate</c>.</summary>
    public string Stage { get; init; } = "images";
}
