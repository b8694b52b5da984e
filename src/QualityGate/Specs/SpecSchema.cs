using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using QualityGate.Specs.Options;

namespace QualityGate.Specs;

/// <summary>The JSON Schema (draft 2020-12) of <c>qualitygate.yaml</c>, for editors. Made of the same options that the reader uses.</summary>
public static class SpecSchema
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema's text.</summary>
    /// <param name="catalogue">The metrics that gates may hold.</param>
    public static string Write(IMetricCatalogue catalogue)
    {
        JsonObject schema = Option.MapSchema(SpecOptions.All);
        JsonObject properties = schema["properties"]!.AsObject();
        properties[SpecOptions.Version.Key] = Described(SpecOptions.Version, new JsonObject { ["const"] = 1 });
        properties[SpecOptions.Metrics.Key] = Described(SpecOptions.Metrics, Option.Nullable(Metrics(catalogue)));
        properties[SpecOptions.Gates.Key] = Described(SpecOptions.Gates, Gates(catalogue));
        schema["$defs"] = new JsonObject
        {
            ["gate"] = Gate(),
            ["gates"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["$ref"] = "#/$defs/gate" },
                    new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#/$defs/gate" }, ["minItems"] = 1 }),
            },
        };
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "QualityGate spec");
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Metrics(IMetricCatalogue catalogue)
    {
        var names = new JsonObject { ["enum"] = new JsonArray([.. catalogue.FamilyNames.Select(n => JsonValue.Create(n))]) };
        var families = new JsonObject(catalogue.FamilyNames.Select(f => KeyValuePair.Create(f, (JsonNode?)Option.Nullable(Parameters(catalogue, f)))));
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "array", ["items"] = names, ["uniqueItems"] = true },
                new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = families }),
        };
    }

    private static JsonObject Parameters(IMetricCatalogue catalogue, string family) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(catalogue.ParametersOf(family).Select(
            p => KeyValuePair.Create(p, (JsonNode?)new JsonObject { ["type"] = new JsonArray("number", "string", "boolean") }))),
    };

    private static JsonObject Gates(IMetricCatalogue catalogue)
    {
        JsonObject metrics = new(catalogue.MetricNames.Select(m => KeyValuePair.Create(m, (JsonNode?)new JsonObject { ["$ref"] = "#/$defs/gates" })));
        JsonObject gates = new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = false, ["properties"] = metrics };
        if (catalogue.MetricPatterns.Count > 0)
            gates["patternProperties"] = new JsonObject(catalogue.MetricPatterns.Select(p => KeyValuePair.Create(p, (JsonNode?)new JsonObject { ["$ref"] = "#/$defs/gates" })));
        return gates;
    }

    private static JsonObject Gate()
    {
        JsonObject gate = Option.MapSchema(GateOptions.All);
        gate["anyOf"] = new JsonArray([.. GateOptions.Limits.Select(o => new JsonObject { ["required"] = new JsonArray(o.Key) })]);
        return gate;
    }

    private static JsonObject Described(Option option, JsonObject schema)
    {
        schema["description"] = option.Help;
        return schema;
    }
}
