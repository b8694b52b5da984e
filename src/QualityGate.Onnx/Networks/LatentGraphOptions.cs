namespace QualityGate.Onnx.Networks;

/// <summary>What a latent search minimises, and how it steps.</summary>
public sealed record LatentGraphOptions
{
    /// <summary>Factor of R in the loss.</summary>
    public double ResidualWeight { get; init; } = 0.9;

    /// <summary>Factor of D in the loss.</summary>
    public double DiscriminationWeight { get; init; } = 0.1;

    /// <summary>Whether R and D are means over values instead of sums.</summary>
    public bool UsesMeans { get; init; }

    /// <summary>The discriminator's layer f, or null for the input of its last product.</summary>
    public string? FeatureLayer { get; init; }

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Adam's share of the running mean that is kept.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Largest magnitude of a latent value, or null for free ones.</summary>
    public double? Box { get; init; }

    /// <summary>Whether each value of the residual has a weight.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>The discriminator's tensor of logits, which replaces D by how little it believes G(z); null for feature matching.</summary>
    public string? Prior { get; init; }
}
