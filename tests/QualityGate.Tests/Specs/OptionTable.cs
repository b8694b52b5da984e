using QualityGate.Specs.Options;

namespace QualityGate.Tests.Specs;

/// <summary>The tables of docs/spec.md, as the options say them.</summary>
internal static class OptionTable
{
    public static string Write(IEnumerable<Option> options) => string.Join('\n', options.Select(Row));

    private static string Row(Option option)
    {
        string given = option.IsRequired ? "required" : option.Default is { } value ? $"`{value.ToString()}`" : "-";
        return $"| `{option.Key}` | {option.Expected} | {given} | {option.Help} |";
    }
}
