using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Reads <c>waivers:</c>.</summary>
internal static class WaiversReader
{
    private const int MostWaivers = 100;

    public static IReadOnlyList<Waiver> Read(OptionMap spec, IReadOnlyList<GateLimit> gates, ProblemList problems)
    {
        if (spec.Find(SpecOptions.Waivers)?.Value is not { } node)
            return [];
        if (node is not ListNode list || list.Items.Count > MostWaivers)
        {
            ((SectionKind)SpecOptions.Waivers.Kind).Refuse(node, SpecOptions.Waivers.Key, problems);
            return [];
        }

        return [.. list.Items.Select(item => Read(item, gates, problems)).OfType<Waiver>()];
    }

    private static Waiver? Read(SpecNode node, IReadOnlyList<GateLimit> gates, ProblemList problems)
    {
        if (node is not MapNode map)
        {
            problems.Add(SpecErrors.WrongType, $"a waiver is a map with {string.Join(", ", WaiverOptions.All.Select(o => $"`{o.Key}`"))}, but this is {node.Describe()}", node.Location);
            return null;
        }

        OptionMap options = OptionMap.Open(map, WaiverOptions.All, problems);
        Located<string>? metric = options.Read(WaiverOptions.Metric), reason = options.Read(WaiverOptions.Reason), author = options.Read(WaiverOptions.Author);
        Located<GateRule?>? rule = options.Read(WaiverOptions.Rule);
        Located<DateOnly>? until = options.Read(WaiverOptions.Until);
        if (metric is not { } named || reason is not { } why || author is not { } who || until is not { } last)
            return null;
        var waiver = new Waiver(named.Value, rule?.Value, last.Value, why.Value, who.Value, map.Location);
        if (!gates.Any(waiver.Covers))
        {
            string gated = gates.Any(g => g.Metric == named.Value) ? $"{Quoted.Text(named.Value)} has no such limit" : $"{Quoted.Text(named.Value)} has no gate";
            problems.Add(SpecErrors.WaivesNothing, $"the waiver waives nothing: {gated}{NearestName.Suggest(named.Value, [.. gates.Select(g => g.Metric).Distinct().Where(m => m != named.Value)])}", named.Location);
        }

        return waiver;
    }
}
