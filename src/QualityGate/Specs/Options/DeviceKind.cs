using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>A device such as <c>cuda:1</c>.</summary>
internal sealed class DeviceKind : ValueKind<ComputeDevice>
{
    public override string Expected => ComputeDevice.Expected;

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = "^(auto|cpu|cuda(:[0-9]{1,2})?)$" };

    public override JsonNode? ShowDefault(ComputeDevice value) => JsonValue.Create(value.ToString());

    public override bool TryRead(SpecNode node, string name, ProblemList problems, out ComputeDevice value)
    {
        value = default;
        return (node is ScalarNode scalar && ComputeDevice.TryParse(scalar.Text, out value)) || WrongType(node, name, problems);
    }
}
