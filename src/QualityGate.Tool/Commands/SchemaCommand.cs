using System.CommandLine;
using QualityGate.Metrics;
using QualityGate.Specs;
using QualityGate.Tool.Help;
using QualityGate.Tool.Terminal;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate schema</c>: the JSON schema of the spec, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Build()
    {
        Command command = new("schema", "Print the JSON schema of qualitygate.yaml, for editors that complete and check as you type.");
        command.SetAction(_ =>
        {
            StandardOutput.WriteText(SpecSchema.Write(MetricRegistry.Catalogue));
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate schema > qualitygate.schema.json", "Keep it where editors find it"));
    }
}
