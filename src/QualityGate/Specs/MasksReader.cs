using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Reads <c>masks:</c>.</summary>
internal static class MasksReader
{
    public static MaskSettings? Read(OptionMap spec, string folder, ProblemList problems)
    {
        if (spec.Find(SpecOptions.Masks)?.Value is not { } node)
            return null;
        if (node is not MapNode map)
        {
            ((SectionKind)SpecOptions.Masks.Kind).Refuse(node, SpecOptions.Masks.Key, problems);
            return null;
        }

        OptionMap options = OptionMap.Open(map, MaskOptions.All, problems);
        Located<string>? both = Resolve(options.Read(MaskOptions.Source), folder);
        MaskSettings settings = new()
        {
            Reference = Resolve(options.Read(MaskOptions.Reference), folder) ?? both,
            Candidate = Resolve(options.Read(MaskOptions.Candidate), folder) ?? both,
            Mode = options.ReadOrDefault(MaskOptions.Mode),
            Values = options.ReadOrDefault(MaskOptions.Values),
            Threshold = options.ReadOrDefault(MaskOptions.Threshold),
            Classes = options.Read(MaskOptions.Classes)?.Value,
            OnMissing = options.ReadOrDefault(MaskOptions.Missing),
        };
        if (settings.IsOn && settings is { Reference: null, Candidate: null } && map.Entries.All(e => MaskOptions.All.Any(o => o.Key == e.Key)))
            problems.Add(SpecErrors.MissingKey, "`masks:` names no masks: give `source`, or `reference` and `candidate`", map.Location);
        return settings;
    }

    private static Located<string>? Resolve(Located<string>? source, string folder) => source is { Value: not MaskSettings.AlphaWord } path
        ? path with { Value = SpecPath.Resolve(folder, path.Value) }
        : source;
}
