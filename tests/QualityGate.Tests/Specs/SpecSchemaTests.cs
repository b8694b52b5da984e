using System.Text.Json.Nodes;
using QualityGate.Specs;
using QualityGate.Specs.Options;

namespace QualityGate.Tests.Specs;

public sealed class SpecSchemaTests
{
    [Fact]
    public void The_schema_is_as_approved() => Snapshots.Match(SpecSchema.Write(new KnownMetrics()), "Schema");

    [Fact]
    public void The_schema_knows_every_key_metric_and_parameter()
    {
        JsonNode schema = JsonNode.Parse(SpecSchema.Write(new KnownMetrics()))!;
        Assert.Equal(SpecOptions.All.Select(o => o.Key), schema["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal(["version", "reference", "candidate"], schema["required"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal(new KnownMetrics().MetricNames, schema["properties"]!["gates"]!["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal(0.95, schema["properties"]!["confidence"]!["default"]!.GetValue<double>());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("images/real", "images/fake set")]
    [InlineData("5", "~")]
    [InlineData("a\"b\\c", "#x: y")]
    public void The_template_is_a_valid_spec(string? reference, string? candidate)
    {
        GateSpec spec = SpecText.Read(SpecTemplate.Write(reference, candidate));
        Assert.Equal(reference ?? SpecTemplate.DefaultReference, spec.ReferenceText);
        Assert.Equal(candidate ?? SpecTemplate.DefaultCandidate, spec.CandidateText);
        Assert.NotEmpty(spec.Gates);
    }

    [Fact]
    public void The_template_is_valid_with_everything_switched_on()
    {
        string all = System.Text.RegularExpressions.Regex.Replace(SpecTemplate.Write(null, null), @"(?m)^( *)#(?=\w|  )", "$1");
        GateSpec spec = SpecText.Read(all);
        Assert.Equal(4, spec.Gates.Count);
        Assert.Single(spec.MetricParameters);
        Assert.NotNull(spec.Baseline);
    }

    [Fact]
    public void The_documentation_says_of_every_key_what_the_code_says()
    {
        string text = Documentation.Read("docs/spec.md");
        IReadOnlyList<Option>[] tables =
        [
            SpecOptions.All, AnomalyKeys.All, BackgroundKeys.All, MaskOptions.All, GateOptions.All, WaiverOptions.All, BuiltInOptions.All, RecipeOptions.All, RecipeOptions.InputKeys, RecipeOptions.OutputKeys,
        ];
        Assert.All(tables, options => Assert.Contains("\n" + OptionTable.Write(options) + "\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_documentations_examples_are_read_without_error()
    {
        string[] blocks = Documentation.Blocks("docs/spec.md", "yaml");
        string[] specs = [.. blocks.Where(b => b.Contains("version: 1", StringComparison.Ordinal))];
        Assert.NotEmpty(specs);
        Assert.All(specs, text => SpecText.Read(text));

        using var folder = new TemporaryFolder();
        folder.Write("fashion_dcgan_D.onnx", "");
        string[] recipes = [.. blocks.Where(b => b.StartsWith("model:", StringComparison.Ordinal))];
        Assert.NotEmpty(recipes);
        Assert.All(recipes, text => RecipeReader.Read(folder.Write("r.extractor.yaml", text)));
    }
}
