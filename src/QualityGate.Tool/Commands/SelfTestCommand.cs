using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityGate.Numerics.Engine;
using QualityGate.Reports;
using QualityGate.SelfTest;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate selftest</c>: whether this machine reproduces the golden numbers of the public implementations.</summary>
internal static class SelfTestCommand
{
    private const string Schema = "qualitygate.selftest/1";
    private const string Json = "json";
    private const int WidestLine = 1000;

    public static Command Build()
    {
        Option<string> format = new("--format") { Description = "What standard output shows: console or json.", DefaultValueFactory = _ => ConsoleReport.Name, HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong(ConsoleReport.Name, Json);
        Command command = new("selftest", "Compute golden numbers of the public implementations on this machine and compare.") { format };
        command.SetLongAction((parsed, cancellation) =>
        {
            using MatrixEngine engine = new();
            IReadOnlyList<SelfTestItem> items = SelfTestRun.Run(engine, cancellation);
            Write(items, parsed.GetValue(format) == Json, Console.Out);
            return items.All(i => i.IsReproduced) ? ExitCodes.Pass : ExitCodes.Fault;
        });
        return command
            .WithExitCodes((ExitCodes.Pass, "all values reproduced"), (ExitCodes.Fault, "one or more were not"))
            .WithExamples(
                ("qualitygate selftest", "Does this machine compute what the public implementations compute?"),
                ("qualitygate selftest --format json", "The same for a program"));
    }

    /// <summary>Writes the outcome.</summary>
    internal static void Write(IReadOnlyList<SelfTestItem> items, bool asJson, TextWriter writer)
    {
        if (asJson)
        {
            WriteJson(items, writer);
            return;
        }

        TextTable table = new("item", "expected", "got", "difference", "");
        foreach (SelfTestItem item in items)
        {
            table.Add(item.Name, Text(item.Expected), item.Error ?? Text(item.Actual!.Value), item.Difference?.ToString("0.0e0", CultureInfo.InvariantCulture) ?? string.Empty, item.IsReproduced ? "ok" : "FAILED");
        }

        foreach (string line in table.Lines(WidestLine, (_, _, text) => text))
        {
            writer.WriteLine(line);
        }

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{items.Count(i => i.IsReproduced)} of {items.Count} golden values reproduced"));
    }

    private static void WriteJson(IReadOnlyList<SelfTestItem> items, TextWriter writer)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("reproduced", items.Count(i => i.IsReproduced));
            json.WriteNumber("total", items.Count);
            json.WriteStartArray("items");
            foreach (SelfTestItem item in items)
            {
                WriteItem(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void WriteItem(Utf8JsonWriter json, SelfTestItem item)
    {
        json.WriteStartObject();
        json.WriteString("name", item.Name);
        json.WriteNumber("expected", item.Expected);
        WriteNumber(json, "actual", item.Actual);
        WriteNumber(json, "difference", item.Difference);
        json.WriteNumber("tolerance", item.Tolerance);
        json.WriteBoolean("reproduced", item.IsReproduced);
        json.WriteString("error", item.Error);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
