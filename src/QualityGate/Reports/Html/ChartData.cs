using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QualityGate.Reports.Html;

/// <summary>
/// The numbers that the page's scripts draw, as JSON. The writer's own encoder leaves no angle bracket, ampersand, quote or line separator in a text, so nothing
/// in it can end the element it stands in.
/// </summary>
internal sealed class ChartData
{
    private readonly List<(string Id, string Kind, Action<Utf8JsonWriter> Write)> _charts = [];

    /// <summary>Adds a chart.</summary>
    /// <param name="id">Of the element that it is drawn in.</param>
    /// <param name="kind">Which function of charts.js draws it.</param>
    /// <param name="write">Writes the chart's properties into an open object.</param>
    public void Add(string id, string kind, Action<Utf8JsonWriter> write) => _charts.Add((id, kind, write));

    /// <summary>Everything that the scripts read.</summary>
    public string ToJson(Page page)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("texts");
            foreach ((string name, PageText text) in PageTexts.OfScripts)
            {
                json.WriteString(name, page.Say(text));
            }

            json.WriteEndObject();
            json.WriteStartArray("charts");
            foreach ((string id, string kind, Action<Utf8JsonWriter> write) in _charts)
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteString("kind", kind);
                write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            EvidenceJson.Write(json, page);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A number for a plot: no screen shows more than six digits. What is not finite is null, since JSON knows no other numbers.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    /// <inheritdoc cref="Number(Utf8JsonWriter, string, double?)"/>
    public static void Number(Utf8JsonWriter json, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumberValue(double.Parse(number.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
