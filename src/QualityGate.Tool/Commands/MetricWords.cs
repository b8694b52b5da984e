using QualityGate.Metrics;

namespace QualityGate.Tool.Commands;

/// <summary>Names of metrics and parameters as they are typed.</summary>
internal static class MetricWords
{
    /// <summary>Families, then single metrics.</summary>
    public static IEnumerable<string> Families() => MetricRegistry.Catalogue.FamilyNames.Concat(MetricRegistry.Catalogue.MetricNames).Distinct();

    /// <summary><c>family.parameter=</c>, and with each word that a parameter allows.</summary>
    public static IEnumerable<string> Parameters() =>
        from family in MetricRegistry.Families
        from parameter in family.Parameters
        let name = $"{family.Name}.{parameter.Name}="
        from word in parameter.Choices.Select(c => name + c).Prepend(name)
        select word;
}
