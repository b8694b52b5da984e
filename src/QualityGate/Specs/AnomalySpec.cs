namespace QualityGate.Specs;

/// <summary><c>anomaly:</c> of a spec: how images get anomaly scores.</summary>
public sealed record AnomalySpec
{
    /// <summary>Classes that are normal when a spec names none.</summary>
    public static IReadOnlyList<string> DefaultNormal { get; } = ["normal", "good"];

    /// <summary>Absolute path of the generator.</summary>
    public required Located<string> Generator { get; init; }

    /// <summary>Absolute path of the discriminator.</summary>
    public required Located<string> Discriminator { get; init; }

    /// <summary>Absolute path of an encoder, or null.</summary>
    public Located<string>? Encoder { get; init; }

    /// <summary>How images become what the generator makes.</summary>
    public required PreprocessingRecipe Input { get; init; }

    /// <summary>The discriminator's layer that is compared, or null for the input of its last product.</summary>
    public string? FeatureLayer { get; init; }

    /// <summary>Steps for each image.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>l of A = (1 - l) R + l D.</summary>
    public double Lambda { get; init; } = 0.1;

    /// <summary>Whether R and D are means over values.</summary>
    public bool UsesMeans { get; init; }

    /// <summary>Whether latent vectors are uniform in -1..1 rather than normal.</summary>
    public bool HasUniformPrior { get; init; }

    /// <summary>Largest magnitude of a latent value, or null.</summary>
    public double? Box { get; init; }

    /// <summary>Searches for each image.</summary>
    public int Restarts { get; init; } = 1;

    /// <summary>Steps without progress that end a search, or null.</summary>
    public int? Patience { get; init; }

    /// <summary>Chooses other beginnings.</summary>
    public long Seed { get; init; }

    /// <summary>Quantile of the reference that <c>anomaly_rate</c> counts above.</summary>
    public double Quantile { get; init; } = 0.95;

    /// <summary>Classes that are normal.</summary>
    public IReadOnlyList<string> Normal { get; init; } = DefaultNormal;

    /// <summary>Absolute path of the folder of masks, or null.</summary>
    public Located<string>? Masks { get; init; }
}
