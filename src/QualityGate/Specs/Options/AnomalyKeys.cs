using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>The keys of <c>anomaly:</c>.</summary>
internal static class AnomalyKeys
{
    public static readonly Option<string> Generator = new(
        "generator", new TextKind("a path to a .onnx file"), "The generator: a latent vector in, an image out. Relative to this file.")
    { IsRequired = true };

    public static readonly Option<string> Discriminator = new(
        "discriminator", new TextKind("a path to a .onnx file"), "The discriminator that it was trained against. Relative to this file.")
    { IsRequired = true };

    public static readonly Option<string> Encoder = new(
        "encoder", new TextKind("a path to a .onnx file"), "A network from an image to a latent vector (f-AnoGAN), at which the first search begins. Not given: at random. Relative to this file.");

    public static readonly Option<SpecNode> Input = new(
        "input", new SectionKind("a map", static () => Option.MapSchema(RecipeOptions.InputKeys)), "How images become what the generator makes: its size and range of values, with the keys of a recipe's `input`.")
    { IsRequired = true };

    public static readonly Option<string> FeatureLayer = new(
        "feature_layer", new TextKind("the name of a tensor"), "The discriminator's tensor that is compared. Not given: what goes into its last matrix product or convolution.");

    public static readonly Option<long> Steps = new("steps", new IntegerKind(1, 100_000), "Steps of the search for each image.") { DefaultValue = 500 };

    public static readonly Option<double> LearningRate = new("learning_rate", new NumberKind { Minimum = 0, AboveMinimum = true }, "Adam's learning rate.") { DefaultValue = 0.01 };

    public static readonly Option<double> Lambda = new("lambda", new NumberKind { Minimum = 0, Maximum = 1 }, "Weight l of the discriminator's part: A = (1 - l) R + l D.") { DefaultValue = 0.1 };

    public static readonly Option<bool> Reduction = new(
        "reduction", new ChoiceKind<bool>(("sum", false), ("mean", true)), "Whether R and D are sums over values, as in the paper, or means, which compare between sizes.")
    { DefaultValue = false };

    public static readonly Option<bool> Prior = new(
        "prior", new ChoiceKind<bool>(("normal", false), ("uniform", true)), "What latent vectors are drawn from: standard normal, or uniform in -1..1, as the generator was trained.")
    { DefaultValue = false };

    public static readonly Option<double> Box = new("box", new NumberKind { Minimum = 0, AboveMinimum = true }, "Largest magnitude of a latent value. Not given: free.");

    public static readonly Option<long> Restarts = new("restarts", new IntegerKind(1, 1000), "Searches from different beginnings, of which the best counts.") { DefaultValue = 1 };

    public static readonly Option<long> Patience = new("patience", new IntegerKind(1, 100_000), "A search ends when its score has not fallen by a thousandth in so many steps. Not given: it makes all steps.");

    public static readonly Option<long> Seed = new("seed", new IntegerKind(long.MinValue, long.MaxValue), "Chooses other beginnings.") { DefaultValue = 0 };

    public static readonly Option<double> Quantile = new(
        "quantile", new NumberKind { Minimum = 0, Maximum = 1, BelowMaximum = true }, "anomaly_rate is the share of candidates above this quantile of the reference's scores.")
    { DefaultValue = 0.95 };

    public static readonly Option<SpecNode> Normal = new(
        "normal", new SectionKind("a list of classes", static () => []), "Which classes of the candidate's labels are normal; all others are anomalies. Not given: normal, good.");

    public static readonly Option<string> Masks = new(
        "masks", new TextKind("a path to a folder"), "Masks of the candidate's anomalies, under the same relative paths with any image ending; white is anomalous. Relative to this file.");

    public static readonly IReadOnlyList<Option> All =
    [
        Generator, Discriminator, Encoder, Input, FeatureLayer, Steps, LearningRate, Lambda, Reduction, Prior, Box, Restarts, Patience, Seed, Quantile, Normal, Masks,
    ];
}
