using System.Globalization;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>A day, year first.</summary>
internal sealed class DateKind : ValueKind<DateOnly>
{
    private const string Format = "yyyy-MM-dd";

    public override string Expected => "a date such as 2026-12-31";

    public override JsonNode? ShowDefault(DateOnly value) => JsonValue.Create(value.ToString(Format, CultureInfo.InvariantCulture));

    public override JsonObject Schema() => new() { ["type"] = "string", ["format"] = "date" };

    public override bool TryRead(SpecNode node, string name, ProblemList problems, out DateOnly value)
    {
        value = default;
        return (node is ScalarNode scalar && DateOnly.TryParseExact(scalar.Text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out value))
            || WrongType(node, name, problems);
    }
}
