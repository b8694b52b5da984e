using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>A text that is not empty and has no control characters.</summary>
/// <param name="expected">Such as "a path".</param>
internal sealed class TextKind(string expected) : ValueKind<string>
{
    public override string Expected => expected;

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };

    public override bool TryRead(SpecNode node, string name, ProblemList problems, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (node is not ScalarNode scalar)
            return WrongType(node, name, problems);
        if (YamlScalar.TypeOf(scalar) != ScalarType.Text)
            return WrongType(node, name, problems, "; put it in quotes if it is meant as text");
        if (string.IsNullOrWhiteSpace(scalar.Text) || scalar.Text.Any(char.IsControl))
            return WrongType(node, name, problems, " with nothing to read or with control characters");
        value = scalar.Text;
        return true;
    }
}
