using QualityGate.Onnx.Networks;

namespace QualityGate.Anomaly.Training;

/// <summary>Everything that steps change, and what came of it so far.</summary>
internal sealed record GanState
{
    /// <summary>The vectors of <see cref="DcganStep.State"/> after the last epoch.</summary>
    public required IReadOnlyDictionary<string, float[]> Values { get; init; }

    /// <summary>Networks and statistics of the epoch to export.</summary>
    public required IReadOnlyDictionary<string, float[]> Exported { get; init; }

    /// <summary>The epoch that is exported, or null before the first.</summary>
    public GanEpoch? ExportedEpoch { get; init; }

    /// <summary>Steps that were taken.</summary>
    public required int Step { get; init; }

    /// <summary>The epochs so far.</summary>
    public required IReadOnlyList<GanEpoch> Epochs { get; init; }

    /// <summary>The states that an export needs.</summary>
    public static IReadOnlyList<string> ExportedNames { get; } = ["generator", "generator/statistics", "discriminator", "discriminator/statistics"];

    /// <summary>The state before the first step.</summary>
    public static GanState Initial(DcganParameters parameters, long seed)
    {
        Dictionary<string, float[]> values = DcganStep.State.ToDictionary(name => name, name => new float[DcganStep.LengthOf(parameters, name)]);
        values["generator"] = parameters.Initial(parameters.Generator, seed);
        values["discriminator"] = parameters.Initial(parameters.Discriminator, seed);
        values["generator/statistics"] = DcganParameters.InitialStatistics(parameters.GeneratorStatistics);
        values["discriminator/statistics"] = DcganParameters.InitialStatistics(parameters.DiscriminatorStatistics);
        return new GanState { Values = values, Exported = Part(values), Step = 0, Epochs = [] };
    }

    /// <summary>The networks and statistics alone.</summary>
    public static IReadOnlyDictionary<string, float[]> Part(IReadOnlyDictionary<string, float[]> values) =>
        ExportedNames.ToDictionary(name => name, name => values[name]);
}
