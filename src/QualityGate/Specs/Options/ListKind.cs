using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>A list of values of one kind, each once; a single value is a list of one.</summary>
/// <typeparam name="T">What a value becomes.</typeparam>
/// <param name="item">What each may be.</param>
/// <param name="what">What they are, such as <c>modes</c>.</param>
/// <param name="most">Most values.</param>
internal sealed class ListKind<T>(ValueKind<T> item, string what, int most) : ValueKind<IReadOnlyList<T>>
{
    public override string Expected => $"a list of {what}";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            item.Schema(),
            new JsonObject { ["type"] = "array", ["items"] = item.Schema(), ["minItems"] = 1, ["maxItems"] = most }),
    };

    public override bool TryRead(SpecNode node, string name, ProblemList problems, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        IReadOnlyList<SpecNode> items = node switch { ListNode list => list.Items, ScalarNode => [node], _ => [] };
        if (items.Count == 0 || items.Count > most)
            return WrongType(node, name, problems, items.Count > most ? $" of more than {most}" : "");
        List<T> values = [];
        foreach (SpecNode entry in items)
        {
            if (!item.TryRead(entry, name, problems, out T? read))
                return false;
            if (!values.Contains(read))
                values.Add(read);
        }

        value = values;
        return true;
    }
}
