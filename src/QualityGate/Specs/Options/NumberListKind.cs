using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>One number a channel.</summary>
/// <param name="item">What each number may be.</param>
internal sealed class NumberListKind(NumberKind item) : ValueKind<IReadOnlyList<double>>
{
    private const int MostChannels = 3;

    public override string Expected => $"a list with {item.Expected} for each channel";

    public override JsonObject Schema() => new()
    {
        ["type"] = "array",
        ["items"] = item.Schema(),
        ["minItems"] = 1,
        ["maxItems"] = MostChannels,
    };

    public override bool TryRead(
        SpecNode node, string name, ProblemList problems, [MaybeNullWhen(false)] out IReadOnlyList<double> value)
    {
        value = null;
        if (node is not ListNode { Items.Count: >= 1 and <= MostChannels } list)
            return WrongType(node, name, problems);
        var numbers = new List<double>();
        foreach (SpecNode entry in list.Items)
        {
            if (item.TryRead(entry, name, problems, out double number))
                numbers.Add(number);
        }

        value = numbers;
        return numbers.Count == list.Items.Count;
    }
}
