using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QualityGate.Errors;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>What may stand behind a key: how it is read, and how an editor is told.</summary>
/// <typeparam name="T">What it becomes.</typeparam>
internal abstract class ValueKind<T>
{
    /// <summary>For messages: "a number from 0 to 1".</summary>
    public abstract string Expected { get; }

    /// <summary>The JSON Schema of the value.</summary>
    public abstract JsonObject Schema();

    /// <summary>A default value, for people and editors.</summary>
    public virtual JsonNode? ShowDefault(T value) => JsonValue.Create(value);

    /// <summary>The value, or false with a problem added.</summary>
    public abstract bool TryRead(SpecNode node, string name, ProblemList problems, [MaybeNullWhen(false)] out T value);

    protected bool WrongType(SpecNode node, string name, ProblemList problems, string hint = "") =>
        Refuse(SpecErrors.WrongType, node, name, problems, hint);

    protected bool OutOfRange(SpecNode node, string name, ProblemList problems) =>
        Refuse(SpecErrors.OutOfRange, node, name, problems, "");

    private bool Refuse(ErrorCode code, SpecNode node, string name, ProblemList problems, string hint)
    {
        problems.Add(code, $"{Quoted.Text(name)} must be {Expected}, but is {node.Describe()}{hint}", node.Location);
        return false;
    }
}
