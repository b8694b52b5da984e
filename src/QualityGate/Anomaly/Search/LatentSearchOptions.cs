namespace QualityGate.Anomaly.Search;

/// <summary>What latent vectors are drawn from, before the search and as the generator was trained with.</summary>
public enum LatentPrior
{
    /// <summary>Independent standard normal numbers.</summary>
    Normal,

    /// <summary>Independent uniform numbers in -1..1.</summary>
    Uniform,
}

/// <summary>How images are searched for among those that a generator makes. All of it changes numbers, but the workers.</summary>
public sealed record LatentSearchOptions
{
    /// <summary>Steps of Adam for each image.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Adam's share of the running mean that is kept.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The weight l of the discriminator's part in A = (1 - l) R + l D.</summary>
    public double Lambda { get; init; } = 0.1;

    /// <summary>Whether R and D are means over values, so that scores of images of different sizes compare, instead of sums as in the paper.</summary>
    public bool UsesMeans { get; init; }

    /// <summary>Where z begins.</summary>
    public LatentPrior Prior { get; init; } = LatentPrior.Normal;

    /// <summary>Largest magnitude of a latent value, or null for free ones.</summary>
    public double? Box { get; init; }

    /// <summary>Searches from different beginnings, of which the best counts.</summary>
    public int Restarts { get; init; } = 1;

    /// <summary>An image's search ends when its score has not fallen by a thousandth in so many steps; null to make all steps.</summary>
    public int? Patience { get; init; }

    /// <summary>Chooses other beginnings.</summary>
    public long Seed { get; init; }

    /// <summary>The discriminator's layer that is compared, or null for the input of its last product.</summary>
    public string? FeatureLayer { get; init; }

    /// <summary>Images that step together in each worker.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Workers that search side by side; 0 is one a core. Changes no number.</summary>
    public int Workers { get; init; }

    /// <summary>Everything that changes a score, as one line of text for fingerprints.</summary>
    internal string Canonical => FormattableString.Invariant(
        $"latent/1 steps={Steps} rate={LearningRate:R} beta1={Beta1:R} lambda={Lambda:R} means={UsesMeans} prior={Prior} box={Box:R} restarts={Restarts} patience={Patience} seed={Seed} layer={FeatureLayer} batch={BatchSize}");
}
