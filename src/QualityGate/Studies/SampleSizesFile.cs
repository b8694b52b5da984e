using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using QualityGate.Errors;
using QualityGate.Features.Files;

namespace QualityGate.Studies;

/// <summary>
/// A study in a file, <c>qualitygate.sample-sizes/1</c>. The reader is strict: a file that is not wholly understood says nothing about sizes, and
/// silence would look like "large enough".
/// </summary>
public static class SampleSizesFile
{
    /// <summary>Name and version of the format.</summary>
    public const string Schema = "qualitygate.sample-sizes/1";

    private const int LargestFile = 1 << 20;
    private const int MostMetrics = 1000;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Writes a study, wholly or not at all.</summary>
    public static void Write(string path, SampleSizes study) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new Document(Schema, study), Format) + "\n");

    /// <summary>Reads a study.</summary>
    /// <param name="path">The file.</param>
    /// <param name="named">Where the spec names it, or null.</param>
    /// <exception cref="UserErrorException">It cannot be read, or is not exactly a <c>qualitygate.sample-sizes/1</c>.</exception>
    public static SampleSizes Read(string path, SourceLocation? named = null)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[LargestFile + 1];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count <= LargestFile ? Parse(bytes.AsSpan(0, count), path, named) : throw Unreadable(path, "it is larger than 1 MiB", named, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e.Message, named, e);
        }
    }

    private static SampleSizes Parse(ReadOnlySpan<byte> utf8, string path, SourceLocation? named)
    {
        try
        {
            Document document = JsonSerializer.Deserialize<Document>(utf8, Format) ?? throw new FormatException("it is empty");
            RequireValid(document);
            return document.Study;
        }
        catch (JsonException e)
        {
            string where = e.LineNumber is { } line ? $"line {line + 1}, " : string.Empty;
            throw Invalid(path, $"at {where}`{e.Path ?? "$"}` something is missing, unknown, given twice or of the wrong kind", named, e);
        }
        catch (Exception e) when (e is InvalidOperationException or DecoderFallbackException)
        {
            throw Invalid(path, "it is not UTF-8 text", named, e);
        }
        catch (FormatException e)
        {
            throw Invalid(path, e.Message, named, e);
        }
    }

    private static void RequireValid(Document document)
    {
        SampleSizes study = document.Study;
        Require(document.Schema == Schema, $"`schema` must be `{Schema}`, the only one that this version reads");
        Require(study.Tolerance is > 0 and <= 1, "`tolerance` must be above 0 and at most 1");
        Require(study.Draws >= 2, "`draws` must be at least 2");
        Require(study.Reference.Count >= 0 && study.Candidate.Count >= 0, "a `count` must not be negative");
        Require(study.Metrics.Count <= MostMetrics && study.Metrics.All(m => m is not null), $"`metrics` must be at most {MostMetrics} objects");
        Require(study.Metrics.Select(m => m.Name).Distinct(StringComparer.Ordinal).Count() == study.Metrics.Count, "a metric is given twice");
        foreach (SettledMetric metric in study.Metrics)
        {
            Require(metric.Parameters.Values.All(v => v is not null), $"a parameter of `{metric.Name}` must be a text");
            Require(IsSize(metric.Reference) && IsSize(metric.Candidate), $"`smallest` of `{metric.Name}` must be null or from 0 to its `largest`");
        }
    }

    private static bool IsSize(SettledSize? size) => size is null || (size.Largest >= 0 && (size.Smallest is not { } smallest || (smallest >= 0 && smallest <= size.Largest)));

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new FormatException(what);
        }
    }

    private static UserErrorException Unreadable(string path, string why, SourceLocation? named, Exception? inner) =>
        new(DataErrors.SampleSizesUnreadable, $"the sample size study {path} cannot be read: {why}", named, innerException: inner);

    private static UserErrorException Invalid(string path, string why, SourceLocation? named, Exception inner) =>
        new(DataErrors.NotSampleSizes, $"{path} is not a sample size study: {why}.", named, innerException: inner);

    private sealed record Document(string Schema, SampleSizes Study);
}
