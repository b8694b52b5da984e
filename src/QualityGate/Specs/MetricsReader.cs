using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>What stands under <c>metrics:</c>.</summary>
/// <param name="Families">Families in the order of the file.</param>
/// <param name="Parameters">Their parameters.</param>
internal sealed record MetricSection(IReadOnlyList<Located<string>> Families, IReadOnlyList<MetricParameter> Parameters);

/// <summary>Reads <c>metrics:</c>, a list of families or a map of families with their parameters.</summary>
internal static class MetricsReader
{
    public static MetricSection Read(OptionMap spec, IMetricCatalogue catalogue, ProblemList problems)
    {
        var families = new List<Located<string>>();
        var parameters = new List<MetricParameter>();
        switch (spec.Find(SpecOptions.Metrics)?.Value)
        {
            case null:
                break;
            case ListNode list:
                foreach (SpecNode item in list.Items)
                    AddName(item, families, catalogue, problems);
                break;
            case MapNode map:
                foreach (MapEntry entry in map.Entries.Where(e => IsFamily(e.Key, e.Location, catalogue, problems)))
                {
                    families.Add(new Located<string>(entry.Key, entry.Location));
                    parameters.AddRange(Parameters(entry, catalogue, problems));
                }

                break;
            case { } other:
                ((SectionKind)SpecOptions.Metrics.Kind).Refuse(other, SpecOptions.Metrics.Key, problems);
                break;
        }

        return new MetricSection(families, parameters);
    }

    private static void AddName(SpecNode item, List<Located<string>> families, IMetricCatalogue catalogue, ProblemList problems)
    {
        if (!new TextKind("a list of families").TryRead(item, SpecOptions.Metrics.Key, problems, out string? name))
            return;
        if (families.Any(f => f.Value == name))
            problems.Add(SpecErrors.DuplicateKey, $"{Quoted.Text(name)} is listed twice", item.Location);
        else if (IsFamily(name, item.Location, catalogue, problems))
            families.Add(new Located<string>(name, item.Location));
    }

    private static bool IsFamily(string name, SourceLocation location, IMetricCatalogue catalogue, ProblemList problems)
    {
        if (catalogue.IsFamily(name))
            return true;
        string message = catalogue.IsMetric(name)
            ? $"{Quoted.Text(name)} is a metric; under `metrics:` stand families: {string.Join(", ", catalogue.FamilyNames)}"
            : $"unknown family of metrics {Quoted.Text(name)}{NearestName.Suggest(name, catalogue.FamilyNames)}";
        problems.Add(SpecErrors.UnknownMetric, message, location);
        return false;
    }

    private static IEnumerable<MetricParameter> Parameters(MapEntry family, IMetricCatalogue catalogue, ProblemList problems)
    {
        if (YamlScalar.IsNull(family.Value))
            yield break;
        if (family.Value is not MapNode map)
        {
            string message = $"{Quoted.Text(family.Key)} must be a map of parameters or nothing, but is {family.Value.Describe()}";
            problems.Add(SpecErrors.WrongType, message, family.Value.Location);
            yield break;
        }

        IReadOnlyCollection<string> known = catalogue.ParametersOf(family.Key);
        foreach (MapEntry entry in map.Entries)
        {
            if (!known.Contains(entry.Key))
            {
                string suggestion = known.Count == 0 ? "; it has none" : NearestName.Suggest(entry.Key, known);
                problems.Add(SpecErrors.UnknownMetric, $"`{family.Key}` has no parameter {Quoted.Text(entry.Key)}{suggestion}", entry.Location);
            }
            else if (entry.Value is ScalarNode scalar && !YamlScalar.IsNull(scalar))
            {
                yield return new MetricParameter(family.Key, entry.Key, scalar.Text, scalar.Location);
            }
            else
            {
                string message = $"{Quoted.Text(entry.Key)} must be one value, but is {entry.Value.Describe()}";
                problems.Add(SpecErrors.WrongType, message, entry.Value.Location);
            }
        }
    }
}
