using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Reads <c>anomaly:</c>.</summary>
internal static class AnomalyReader
{
    private const int MostClasses = 1000;

    public static AnomalySpec? Read(OptionMap spec, string folder, ProblemList problems)
    {
        if (spec.Find(SpecOptions.Anomaly)?.Value is not { } node)
            return null;
        if (node is not MapNode section)
        {
            ((SectionKind)SpecOptions.Anomaly.Kind).Refuse(node, SpecOptions.Anomaly.Key, problems);
            return null;
        }

        int before = problems.Count;
        OptionMap map = OptionMap.Open(section, AnomalyKeys.All, problems);
        Located<string>? generator = Model(map, AnomalyKeys.Generator, folder, problems);
        Located<string>? discriminator = Model(map, AnomalyKeys.Discriminator, folder, problems);
        Located<string>? encoder = Model(map, AnomalyKeys.Encoder, folder, problems);
        PreprocessingRecipe? input = Input(map, problems);
        Located<string>? masks = map.Read(AnomalyKeys.Masks) is { } path ? path with { Value = SpecPath.Resolve(folder, path.Value) } : null;
        if (masks is { } there && !Directory.Exists(there.Value))
            problems.Add(SpecErrors.Unreadable, $"the folder of masks {Quoted.Text(there.Value)} does not exist", there.Location);
        IReadOnlyList<string> normal = Normal(map, problems);
        var read = new AnomalySpec
        {
            Generator = generator ?? default,
            Discriminator = discriminator ?? default,
            Encoder = encoder,
            Input = input!,
            FeatureLayer = map.Read(AnomalyKeys.FeatureLayer)?.Value,
            Steps = (int)map.ReadOrDefault(AnomalyKeys.Steps),
            LearningRate = map.ReadOrDefault(AnomalyKeys.LearningRate),
            Lambda = map.ReadOrDefault(AnomalyKeys.Lambda),
            UsesMeans = map.ReadOrDefault(AnomalyKeys.Reduction),
            HasUniformPrior = map.ReadOrDefault(AnomalyKeys.Prior),
            Box = map.Read(AnomalyKeys.Box)?.Value,
            Restarts = (int)map.ReadOrDefault(AnomalyKeys.Restarts),
            Patience = (int?)map.Read(AnomalyKeys.Patience)?.Value,
            Seed = map.ReadOrDefault(AnomalyKeys.Seed),
            Quantile = map.ReadOrDefault(AnomalyKeys.Quantile),
            Normal = normal,
            Masks = masks,
        };
        return problems.Count > before || generator is null || discriminator is null || input is null ? null : read;
    }

    private static Located<string>? Model(OptionMap map, Option<string> option, string folder, ProblemList problems)
    {
        if (map.Read(option) is not { } written)
            return null;
        string path = SpecPath.Resolve(folder, written.Value);
        if (!File.Exists(path))
            problems.Add(SpecErrors.Unreadable, $"the {option.Key} {Quoted.Text(written.Value)} does not exist", written.Location);
        return written with { Value = path };
    }

    private static PreprocessingRecipe? Input(OptionMap map, ProblemList problems)
    {
        switch (map.Find(AnomalyKeys.Input)?.Value)
        {
            case null:
                return null;
            case MapNode section:
                return PreprocessingReader.Read(OptionMap.Open(section, RecipeOptions.InputKeys, problems), problems);
            case { } other:
                ((SectionKind)AnomalyKeys.Input.Kind).Refuse(other, AnomalyKeys.Input.Key, problems);
                return null;
        }
    }

    private static IReadOnlyList<string> Normal(OptionMap map, ProblemList problems)
    {
        switch (map.Find(AnomalyKeys.Normal)?.Value)
        {
            case null:
                return AnomalySpec.DefaultNormal;
            case ListNode { Items.Count: >= 1 and <= MostClasses } list when list.Items.All(item => item is ScalarNode):
                return [.. list.Items.Cast<ScalarNode>().Select(item => item.Text)];
            case { } other:
                ((SectionKind)AnomalyKeys.Normal.Kind).Refuse(other, AnomalyKeys.Normal.Key, problems);
                return AnomalySpec.DefaultNormal;
        }
    }
}
