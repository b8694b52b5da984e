using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Reads <c>gates:</c>, metrics with a map of limits each, or a list of such maps.</summary>
internal static class GatesReader
{
    public static IReadOnlyList<GateLimit> Read(OptionMap spec, IMetricCatalogue catalogue, ProblemList problems)
    {
        var limits = new List<GateLimit>();
        switch (spec.Find(SpecOptions.Gates)?.Value)
        {
            case null:
                break;
            case MapNode map:
                foreach (MapEntry entry in map.Entries)
                {
                    if (!catalogue.IsMetric(entry.Key))
                        problems.Add(SpecErrors.UnknownMetric, UnknownMetric(entry.Key, catalogue), entry.Location);
                    limits.AddRange(ReadMetric(entry, problems));
                }

                break;
            case { } other:
                ((SectionKind)SpecOptions.Gates.Kind).Refuse(other, SpecOptions.Gates.Key, problems);
                break;
        }

        return limits;
    }

    private static string UnknownMetric(string name, IMetricCatalogue catalogue) => catalogue.IsFamily(name)
        ? $"{Quoted.Text(name)} is a family; put the gate on one of its metrics: {string.Join(", ", catalogue.MetricNames)}"
        : $"unknown metric {Quoted.Text(name)}{NearestName.Suggest(name, catalogue.MetricNames)}";

    private static List<GateLimit> ReadMetric(MapEntry metric, ProblemList problems)
    {
        var limits = new List<GateLimit>();
        IReadOnlyList<SpecNode> gates = metric.Value is ListNode { Items.Count: > 0 } list ? list.Items : [metric.Value];
        foreach (SpecNode gate in gates)
            ReadGate(metric, gate, limits, problems);
        return limits;
    }

    private static void ReadGate(MapEntry metric, SpecNode node, List<GateLimit> limits, ProblemList problems)
    {
        if (node is ScalarNode && !YamlScalar.IsNull(node))
        {
            string message = $"{Quoted.Text(metric.Key)} must be a map of limits such as {{ max: 20 }}, but is {node.Describe()}";
            problems.Add(SpecErrors.WrongType, message, node.Location);
            return;
        }

        if (node is not MapNode map)
        {
            problems.Add(SpecErrors.NoLimit, NoLimit(metric), node.Location);
            return;
        }

        OptionMap gate = OptionMap.Open(map, GateOptions.All, problems);
        GateLevel level = gate.ReadOrDefault(GateOptions.Level);
        GateScope scope = gate.Read(GateOptions.PerClass)?.Value ?? GateScope.Whole;
        if (!GateOptions.Limits.Any(gate.Has) && map.Entries.All(e => GateOptions.All.Any(o => o.Key == e.Key)))
            problems.Add(SpecErrors.NoLimit, NoLimit(metric), map.Location);

        // In the order of the file, which is the order of the report.
        GateLimit[] found = [.. map.Entries.Select(e => ReadLimit(metric.Key, e, gate, level)).OfType<GateLimit>()];
        double? min = found.FirstOrDefault(l => l.Rule == GateRule.Min)?.Limit;
        if (min > found.FirstOrDefault(l => l.Rule == GateRule.Max)?.Limit)
            problems.Add(SpecErrors.Contradiction, $"`min` is above `max`: no value of `{metric.Key}` could pass", map.Location);
        bool isRatchet = gate.ReadOrDefault(GateOptions.Ratchet);
        if (isRatchet && (scope != GateScope.Whole || !found.Any(l => l.Rule is GateRule.Min or GateRule.Max)))
            problems.Add(SpecErrors.Contradiction, $"`ratchet` tightens min and max of the whole sets, and the gate on `{metric.Key}` has neither", gate.Find(GateOptions.Ratchet)!.Location);
        foreach (GateLimit limit in found)
            Add(limit with { Scope = scope, IsRatchet = isRatchet && limit.Rule is (GateRule.Min or GateRule.Max) }, limits, problems);
    }

    private static string NoLimit(MapEntry metric) =>
        $"the gate on {Quoted.Text(metric.Key)} has no limit; add {string.Join(", ", GateOptions.Limits.Select(o => $"`{o.Key}`"))}";

    private static GateLimit? ReadLimit(string metric, MapEntry entry, OptionMap gate, GateLevel level)
    {
        GateLimit? Absolute(Option<double> option, GateRule rule) => gate.Read(option) is { } limit
            ? new GateLimit(metric, rule, limit.Value, IsRelative: false, level, entry.Location) { NumberLocation = limit.Location }
            : null;

        GateLimit? Change(Option<ChangeLimit> option, GateRule rule) => gate.Read(option) is { } limit
            ? new GateLimit(metric, rule, limit.Value.Value, limit.Value.IsRelative, level, entry.Location)
            : null;

        return entry.Key switch
        {
            var key when key == GateOptions.Min.Key => Absolute(GateOptions.Min, GateRule.Min),
            var key when key == GateOptions.Max.Key => Absolute(GateOptions.Max, GateRule.Max),
            var key when key == GateOptions.MaxIncrease.Key => Change(GateOptions.MaxIncrease, GateRule.MaxIncrease),
            var key when key == GateOptions.MaxDecrease.Key => Change(GateOptions.MaxDecrease, GateRule.MaxDecrease),
            _ => null,
        };
    }

    private static void Add(GateLimit limit, List<GateLimit> limits, ProblemList problems)
    {
        if (limits.Any(l => (l.Rule, l.IsRelative, l.Level, l.Scope) == (limit.Rule, limit.IsRelative, limit.Level, limit.Scope)))
        {
            string message = $"`{limit.Metric}` has this limit twice at the same level; only the stricter one could ever matter";
            problems.Add(SpecErrors.Contradiction, message, limit.Location);
        }

        limits.Add(limit);
    }
}
