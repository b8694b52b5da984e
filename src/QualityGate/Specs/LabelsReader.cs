using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Reads <c>labels:</c>, one source for both sets or a map with a source for each.</summary>
internal static class LabelsReader
{
    public static (Located<string>? Reference, Located<string>? Candidate) Read(OptionMap spec, string folder, ProblemList problems)
    {
        switch (spec.Find(SpecOptions.Labels)?.Value)
        {
            case null:
                return default;
            case MapNode map:
                OptionMap sources = OptionMap.Open(map, LabelOptions.All, problems);
                if (map.Entries.Count == 0)
                    ((SectionKind)SpecOptions.Labels.Kind).Refuse(map, SpecOptions.Labels.Key, problems);
                return (Resolve(sources.Read(LabelOptions.Reference), folder), Resolve(sources.Read(LabelOptions.Candidate), folder));
            case ListNode list:
                ((SectionKind)SpecOptions.Labels.Kind).Refuse(list, SpecOptions.Labels.Key, problems);
                return default;
            case { } node:
                Located<string>? both = new TextKind(SpecOptions.Labels.Expected).TryRead(node, SpecOptions.Labels.Key, problems, out string? text)
                    ? Resolve(new Located<string>(text, node.Location), folder)
                    : null;
                return (both, both);
        }
    }

    /// <summary>Without labels on both sides there are no classes, and a gate on each of none would look like a pass.</summary>
    public static void RequireForGates(GateSpec spec, ProblemList problems)
    {
        if (spec is { ReferenceLabels: not null, CandidateLabels: not null })
            return;
        string lack = spec is { ReferenceLabels: null, CandidateLabels: null } ? "the spec has no `labels:` key"
            : $"`labels:` names none for the {(spec.ReferenceLabels is null ? "reference" : "candidate")}";
        foreach (GateLimit gate in spec.Gates.Where(g => g.Scope != GateScope.Whole))
            problems.Add(SpecErrors.NoLabels, $"the gate per class on `{gate.Metric}` needs labels of both sets, and {lack}", gate.Location);
    }

    private static Located<string>? Resolve(Located<string>? source, string folder) => source is { Value: not LabelOptions.Folders } path
        ? path with { Value = SpecPath.Resolve(folder, path.Value) }
        : source;
}
