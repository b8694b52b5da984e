using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityGate.Features.Files;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>
/// Writes scores of single images, row by row: as one table (<c>.csv</c>, RFC 4180, UTF-8, columns <c>set,index,id</c> and those of both sets) or as
/// <c>qualitygate.per-image/1</c> (<c>.json</c>). Indices count from 0 in the order of the set.
/// </summary>
public static class PerImageFile
{
    /// <summary>Name and version of the JSON format.</summary>
    public const string Schema = "qualitygate.per-image/1";

    // Between flushes of the JSON writer, which else keeps the whole document.
    private const int FlushAt = 1 << 15;

    /// <summary>Endings of the formats.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".csv", ".json"];

    /// <summary>Whether the ending of <paramref name="path"/> names a format.</summary>
    public static bool IsKnown(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the file, wholly or not at all.</summary>
    /// <param name="path">A name that ends in one of <see cref="Endings"/>.</param>
    /// <param name="scores">The scores.</param>
    /// <exception cref="ArgumentException">The ending is unknown.</exception>
    public static void Write(string path, PerImageScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (!IsKnown(path))
        {
            throw new ArgumentException($"`{path}` does not end in {string.Join(" or ", Endings)}.", nameof(path));
        }

        using AtomicFile file = new(path);
        if (Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase))
        {
            WriteCsv(file.Stream, scores);
        }
        else
        {
            WriteJson(file.Stream, scores);
        }

        file.Commit(flushToDisk: false);
    }

    private static void WriteCsv(Stream stream, PerImageScores scores)
    {
        using StreamWriter text = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        string[] columns = [.. scores.Candidate.Columns.Concat(scores.Reference.Columns).Select(c => c.Name).Distinct(StringComparer.Ordinal)];
        text.WriteLine(string.Join(',', columns.Prepend("id").Prepend("index").Prepend("set").Select(Cell)));
        foreach ((string name, PerImageSide side) in Sides(scores))
        {
            PerImageColumn?[] cells = [.. columns.Select(c => side.Columns.FirstOrDefault(s => s.Name == c))];
            for (int i = 0; i < side.Count; i++)
            {
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{name},{i},"));
                text.Write(Cell(side.Ids?[i] ?? string.Empty));
                foreach (PerImageColumn? column in cells)
                {
                    text.Write(',');
                    text.Write(Cell(TextOf(column?.At(i))));
                }

                text.WriteLine();
            }
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => string.Empty,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void WriteJson(Stream stream, PerImageScores scores)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = false });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        foreach ((string name, PerImageSide side) in Sides(scores))
        {
            json.WriteStartArray(name);
            for (int i = 0; i < side.Count; i++)
            {
                WriteImage(json, side, i);
                if (json.BytesPending > FlushAt)
                {
                    json.Flush();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, PerImageSide side, int index)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteString("id", side.Ids?[index]);
        foreach (PerImageColumn column in side.Columns)
        {
            json.WritePropertyName(column.Name);
            switch (column.At(index))
            {
                case double number:
                    json.WriteNumberValue(number);
                    break;
                case int number:
                    json.WriteNumberValue(number);
                    break;
                case bool truth:
                    json.WriteBooleanValue(truth);
                    break;
                case object text:
                    json.WriteStringValue(text.ToString());
                    break;
                default:
                    json.WriteNullValue();
                    break;
            }
        }

        json.WriteEndObject();
    }

    // What is judged comes first.
    private static IEnumerable<(string Name, PerImageSide Side)> Sides(PerImageScores scores) => [("candidate", scores.Candidate), ("reference", scores.Reference)];
}
