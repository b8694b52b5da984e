using System.Text;
using QualityGate.Errors;

namespace QualityGate.Features.Labels;

/// <summary>Labels from a CSV file <c>path,label</c>, with or without that header. Rows of images that are not in the set are counted.</summary>
internal static class CsvLabels
{
    private const long LargestFile = 256L << 20;

    public static (IReadOnlyList<string> Labels, int Unknown) Read(LabelTarget target, string path)
    {
        IReadOnlyList<string> images = target.Paths("path");
        Dictionary<string, string?> labels = new(StringComparer.Ordinal);
        foreach (string image in images)
        {
            labels[Normal(image)] = null;
        }

        int unknown = Fill(target, path, labels);
        string?[] found = [.. images.Select(image => labels[Normal(image)])];
        int[] missing = [.. Enumerable.Range(0, found.Length).Where(i => found[i] is null)];
        return missing.Length == 0
            ? ([.. found.Select(label => label!)], unknown)
            : throw target.Missing(missing, $"{path} does not name them");
    }

    /// <summary>A path as paths are compared: with / between its parts and without a leading ./.</summary>
    public static string Normal(string path)
    {
        string plain = path.Replace('\\', '/');
        while (plain.StartsWith("./", StringComparison.Ordinal))
        {
            plain = plain[2..];
        }

        return plain;
    }

    private static int Fill(LabelTarget target, string path, Dictionary<string, string?> labels)
    {
        int unknown = 0;
        try
        {
            using FileStream stream = Open(target, path);
            using StreamReader text = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            CsvRows rows = new(text);
            while (rows.Next() is { } row)
            {
                bool isHeader = rows.Count == 1 && row is [var first, var second] && Is(first, "path") && Is(second, "label");
                if (!isHeader)
                {
                    unknown += Add(target, $"{path}({rows.Line})", row, labels) ? 0 : 1;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw target.Fail(DataErrors.LabelsUnreadable, $"the labels {path} cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            string reason = exception is FormatException ? exception.Message : "it is not UTF-8 text";
            throw target.Fail(DataErrors.LabelsMalformed, $"the labels {path} cannot be read: {reason}.", exception);
        }

        return unknown;
    }

    private static FileStream Open(LabelTarget target, string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > LargestFile)
        {
            stream.Dispose();
            throw target.Fail(DataErrors.LabelsUnreadable, $"the labels {path} are larger than {LargestFile >> 20} MiB.");
        }

        return stream;
    }

    private static bool Add(LabelTarget target, string place, IReadOnlyList<string> row, Dictionary<string, string?> labels)
    {
        if (row.Count != 2)
        {
            throw target.Fail(DataErrors.LabelsMalformed, $"{place}: a row has the two columns path,label, but this one has {row.Count}.");
        }

        string image = Normal(row[0]);
        if (!labels.TryGetValue(image, out string? before))
        {
            return false;
        }

        if (before is not null && before != row[1])
        {
            throw target.Fail(DataErrors.LabelConflict, $"{place}: the image '{image}' has the label '{row[1]}' here and '{before}' before.");
        }

        labels[image] = row[1];
        return true;
    }

    private static bool Is(string text, string word) => text.Trim().Equals(word, StringComparison.OrdinalIgnoreCase);
}
