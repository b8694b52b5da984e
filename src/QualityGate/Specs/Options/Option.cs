using System.Text.Json.Nodes;

namespace QualityGate.Specs.Options;

/// <summary>One key of a file: the single place of its name, kind, default and help text.</summary>
/// <param name="key">As written in YAML.</param>
/// <param name="help">What it means, in a sentence or two.</param>
internal abstract class Option(string key, string help)
{
    public string Key { get; } = key;

    public string Help { get; } = help;

    /// <summary>Whether a file without it is wrong.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The kind of value, for people.</summary>
    public abstract string Expected { get; }

    /// <summary>The default as JSON, or null when there is none.</summary>
    public abstract JsonNode? Default { get; }

    /// <summary>The JSON Schema of the value, with help text and default.</summary>
    public JsonObject Schema()
    {
        JsonObject schema = IsRequired ? ValueSchema() : Nullable(ValueSchema());
        schema["description"] = Help;
        if (Default is { } known)
            schema["default"] = known;
        return schema;
    }

    /// <summary>The JSON Schema of a map with these keys and no other.</summary>
    public static JsonObject MapSchema(IReadOnlyList<Option> options)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(options.Select(o => KeyValuePair.Create(o.Key, (JsonNode?)o.Schema()))),
        };
        JsonNode?[] required = [.. options.Where(o => o.IsRequired).Select(o => JsonValue.Create(o.Key))];
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        return schema;
    }

    /// <summary>The schema that also takes null: a key without a value counts as not given.</summary>
    public static JsonObject Nullable(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        else if (schema["enum"] is JsonArray words)
            words.Add((JsonNode?)null);
        else if (schema["anyOf"] is JsonArray forms)
            forms.Add(new JsonObject { ["type"] = "null" });
        return schema;
    }

    protected abstract JsonObject ValueSchema();
}

/// <summary>A key with the type that its value becomes.</summary>
/// <typeparam name="T">That type.</typeparam>
/// <param name="key">As written in YAML.</param>
/// <param name="kind">What may stand behind it.</param>
/// <param name="help">What it means.</param>
internal sealed class Option<T>(string key, ValueKind<T> kind, string help) : Option(key, help)
{
    private readonly T? _default;
    private readonly Func<JsonNode?>? _shownDefault;

    public ValueKind<T> Kind { get; } = kind;

    public override string Expected => Kind.Expected;

    public override JsonNode? Default => _shownDefault?.Invoke();

    /// <summary>What holds when the key is not given.</summary>
    public T DefaultValue
    {
        get => _default!;
        init
        {
            _default = value;
            _shownDefault = () => Kind.ShowDefault(value);
        }
    }

    protected override JsonObject ValueSchema() => Kind.Schema();
}
