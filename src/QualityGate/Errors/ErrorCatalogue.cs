using System.Reflection;

namespace QualityGate.Errors;

/// <summary>Every code there is, gathered from where the codes are declared.</summary>
public static class ErrorCatalogue
{
    /// <summary>All codes, by number.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        .. new[] { typeof(SpecErrors), typeof(GateErrors), typeof(BaselineErrors), typeof(DataErrors), typeof(PublishErrors), typeof(BuildErrors), typeof(HookErrors), typeof(ModelErrors), typeof(TrainingErrors) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetValue(null)).OfType<ErrorCode>()
            .OrderBy(code => code.Id, StringComparer.Ordinal),
    ];

    /// <summary>The code of an id such as <c>QG1001</c>, or null.</summary>
    public static ErrorCode? Find(string id) => All.FirstOrDefault(code => code.Id == id);
}
