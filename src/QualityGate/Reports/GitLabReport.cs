using System.Text;
using System.Text.Json;

namespace QualityGate.Reports;

/// <summary>GitLab's code quality report: an array of issues, which merge requests show at the spec's line.</summary>
public sealed class GitLabReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "gitlab";

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (Finding finding in Finding.Of(result).DistinctBy(f => f.Key))
            {
                json.WriteStartObject();
                json.WriteString("description", finding.Message);
                json.WriteString("check_name", finding.Code.Id);
                json.WriteString("fingerprint", finding.Key);
                json.WriteString("severity", finding.IsError ? "major" : "minor");
                json.WriteStartObject("location");
                json.WriteString("path", PlainText.OneLine(finding.FileIn(result) ?? "qualitygate.yaml").Replace('\\', '/'));
                json.WriteStartObject("lines");
                json.WriteNumber("begin", Math.Max(1, finding.Location?.Line ?? 1));
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }
}
