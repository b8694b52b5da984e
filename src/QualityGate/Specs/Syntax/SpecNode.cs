using QualityGate.Errors;

namespace QualityGate.Specs.Syntax;

/// <summary>A value of the YAML file with the place it was written at.</summary>
/// <param name="Location">Where it starts.</param>
internal abstract record SpecNode(SourceLocation Location)
{
    /// <summary>What was found, for a message that says what was expected.</summary>
    public abstract string Describe();
}

/// <summary>A single value.</summary>
/// <param name="Text">As written, quotes removed.</param>
/// <param name="IsPlain">Written without quotes, so that <c>5</c> is a number and <c>~</c> is nothing.</param>
/// <param name="Location">Where it starts.</param>
internal sealed record ScalarNode(string Text, bool IsPlain, SourceLocation Location) : SpecNode(Location)
{
    public override string Describe() => YamlScalar.TypeOf(this) switch
    {
        ScalarType.Null => "nothing",
        ScalarType.Boolean or ScalarType.Integer or ScalarType.Number => Quoted.Text(Text),
        _ when Text.Length == 0 => "an empty text",
        _ => $"the text {Quoted.Text(Text)}",
    };
}

/// <summary>Keys with values, in the order of the file; no key twice.</summary>
/// <param name="Entries">The pairs.</param>
/// <param name="Location">Where it starts.</param>
internal sealed record MapNode(IReadOnlyList<MapEntry> Entries, SourceLocation Location) : SpecNode(Location)
{
    public override string Describe() => "a map";
}

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Location">Where it starts.</param>
internal sealed record ListNode(IReadOnlyList<SpecNode> Items, SourceLocation Location) : SpecNode(Location)
{
    public override string Describe() => "a list";
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Location">Where the key starts.</param>
/// <param name="Value">The value.</param>
internal sealed record MapEntry(string Key, SourceLocation Location, SpecNode Value);
