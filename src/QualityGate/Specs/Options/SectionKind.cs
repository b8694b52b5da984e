using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>A part of the file that has its own reader, which checks the shape.</summary>
/// <param name="expected">For messages.</param>
/// <param name="schema">Makes its JSON Schema.</param>
internal sealed class SectionKind(string expected, Func<JsonObject> schema) : ValueKind<SpecNode>
{
    public override string Expected => expected;

    public override JsonObject Schema() => schema();

    public override bool TryRead(SpecNode node, string name, ProblemList problems, [MaybeNullWhen(false)] out SpecNode value)
    {
        value = node;
        return true;
    }

    /// <summary>Says that the section has the wrong shape.</summary>
    public void Refuse(SpecNode node, string name, ProblemList problems) => WrongType(node, name, problems);
}
