namespace QualityGate.Specs.Options;

/// <summary>The keys of <c>extractor: { builtin: random-vgg16, ... }</c>.</summary>
internal static class BuiltInOptions
{
    private const int LargestSize = 1024;
    private const int MostFeatures = 4096;

    public static readonly Option<string> BuiltIn = new(
        "builtin", new ChoiceKind<string>([.. BuiltInExtractors.Names.Select(n => (n, n))]), "Name of the built-in extractor.")
    { IsRequired = true };

    public static readonly Option<double> Width = new(
        "width",
        new NumberKind { Minimum = 0, Maximum = 1, AboveMinimum = true },
        "Channels of every layer, relative to VGG16.")
    { DefaultValue = BuiltInExtractors.DefaultParameters.WidthMultiplier };

    public static readonly Option<long> Size = new(
        "size",
        new IntegerKind(32, LargestSize, multipleOf: 32),
        "Height and width in pixels that images are resized to.")
    { DefaultValue = BuiltInExtractors.DefaultParameters.InputSize };

    public static readonly Option<long> Features = new(
        "features", new IntegerKind(1, MostFeatures), "Numbers in the embedding.")
    { DefaultValue = BuiltInExtractors.DefaultParameters.Features };

    public static readonly Option<long> Seed = new(
        "seed", new IntegerKind(0, uint.MaxValue), "Seed of the random weights.")
    { DefaultValue = BuiltInExtractors.DefaultParameters.Seed };

    public static readonly IReadOnlyList<Option> All = [BuiltIn, Width, Size, Features, Seed];
}
