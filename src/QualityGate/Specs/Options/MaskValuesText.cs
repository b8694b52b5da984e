using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>Grey values or class numbers, such as <c>128..255</c>.</summary>
internal sealed class MaskValuesText : ValueKind<MaskValues>
{
    public override string Expected => MaskValues.Expected;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 255 },
            new JsonObject { ["type"] = "string", ["pattern"] = MaskValues.Pattern }),
    };

    public override JsonNode? ShowDefault(MaskValues value) => JsonValue.Create(value.ToString());

    public override bool TryRead(SpecNode node, string name, ProblemList problems, [MaybeNullWhen(false)] out MaskValues value)
    {
        value = null;
        return (node is ScalarNode scalar && MaskValues.TryParse(scalar.Text, out value)) || WrongType(node, name, problems);
    }
}
