using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>What masks do, such as <c>soft:0.5</c>.</summary>
internal sealed class MaskModeText : ValueKind<MaskMode>
{
    public override string Expected => MaskMode.Expected;

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = MaskMode.Pattern };

    public override JsonNode? ShowDefault(MaskMode value) => JsonValue.Create(value.ToString());

    public override bool TryRead(SpecNode node, string name, ProblemList problems, out MaskMode value)
    {
        value = default;
        return (node is ScalarNode scalar && MaskMode.TryParse(scalar.Text, out value)) || WrongType(node, name, problems);
    }
}
