using System.CommandLine;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate schema</c>: the JSON schema of the spec, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Build()
    {
        Command command = new("schema", "Print the JSON schema of qualitygate.yaml, for editors that complete and check as you type.");
        command.SetAction(_ =>
        {
            Console.Out.Write(SpecSchema.Write(MetricRegistry.Catalogue));
            return ExitCodes.Pass;
        });
        return command;
    }
}
