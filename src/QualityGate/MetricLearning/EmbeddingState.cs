using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>Everything that steps change, and what came of it so far.</summary>
internal sealed record EmbeddingState
{
    /// <summary>The vectors of <see cref="EmbeddingStep.StateOf"/> after the last epoch.</summary>
    public required IReadOnlyDictionary<string, float[]> Values { get; init; }

    /// <summary>The weights of the epoch to export.</summary>
    public required float[] Exported { get; init; }

    /// <summary>The epoch that is exported, or null before the first.</summary>
    public EmbeddingEpoch? ExportedEpoch { get; init; }

    /// <summary>Steps that were taken.</summary>
    public required int Step { get; init; }

    /// <summary>The epochs so far.</summary>
    public required IReadOnlyList<EmbeddingEpoch> Epochs { get; init; }

    /// <summary>The state before the first step.</summary>
    public static EmbeddingState Initial(EmbeddingParameters parameters, long seed)
    {
        Dictionary<string, float[]> values = EmbeddingStep.StateOf(parameters).ToDictionary(name => name, name => new float[EmbeddingStep.TensorsOf(parameters, name).Length]);
        values["weights"] = parameters.InitialWeights(seed);
        if (parameters.Loss.HasProxies) values["proxies"] = parameters.InitialProxies(seed);
        return new EmbeddingState { Values = values, Exported = values["weights"], Step = 0, Epochs = [] };
    }

    /// <summary>Whether no better epoch came for so long that none is waited for.</summary>
    public bool IsOver(EmbeddingOptions options) =>
        options.Patience > 0 && ExportedEpoch?.Recall?.Validation is not null && Epochs.Count - ExportedEpoch.Number >= options.Patience;

    /// <summary>The state after one more epoch.</summary>
    public EmbeddingState After(EmbeddingEpoch epoch, IReadOnlyDictionary<string, float[]> values, int step)
    {
        EmbeddingState next = this with { Values = values, Step = step, Epochs = [.. Epochs, epoch] };
        return epoch.IsBetterThan(ExportedEpoch) ? next with { Exported = values["weights"], ExportedEpoch = epoch } : next;
    }
}
