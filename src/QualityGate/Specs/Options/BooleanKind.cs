using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class BooleanKind : ValueKind<bool>
{
    public override string Expected => "true or false";

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    public override bool TryRead(SpecNode node, string name, ProblemList problems, out bool value)
    {
        value = false;
        if (node is not ScalarNode scalar || YamlScalar.TypeOf(scalar) != ScalarType.Boolean)
            return WrongType(node, name, problems);
        value = scalar.Text is "true" or "True" or "TRUE";
        return true;
    }
}
