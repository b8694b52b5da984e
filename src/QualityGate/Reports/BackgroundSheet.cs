using QualityGate.Backgrounds;
using QualityGate.Images.Pictures;

namespace QualityGate.Reports;

/// <summary>A sheet of queries that depend on backgrounds: query, wrong neighbour and right neighbour, each as it is and without background.</summary>
public static class BackgroundSheet
{
    private const int MostRows = 24;
    private const int MostId = 38;
    private static readonly string[] Headings = ["QUERY", "MASKED", "WRONG NEIGHBOUR", "MASKED", "RIGHT NEIGHBOUR", "MASKED"];

    /// <summary>Draws the examples of flagged classes first, then of the others; null when there is none.</summary>
    /// <param name="findings">The audit; its first extractor is shown.</param>
    /// <param name="pictures">The images.</param>
    public static PixelCanvas? Draw(BackgroundFindings findings, IExamplePictures pictures)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(pictures);
        Row[] rows = [.. RowsOf(findings.Extractors[0].Report)];
        return rows.Length == 0 ? null : PictureRows.Draw(Headings, [.. rows.Select(row => (PicturesOf(row.Example, pictures), CaptionOf(row, findings.Images)))]);
    }

    /// <summary>What is shown of a class: what it was flagged for, or else what misleads.</summary>
    internal static (IReadOnlyList<BackgroundExample> Examples, bool IsHelped) Shown(ClassBackground kind) =>
        kind.Effect == BackgroundEffect.Helps ? (kind.Helped, true) : (kind.Examples, false);

    private static IEnumerable<Row> RowsOf(BackgroundReport report) => report.Classes
        .OrderByDescending(kind => kind.IsFlagged)
        .SelectMany(kind => Shown(kind).Examples.Select(example => new Row(example, kind, Shown(kind).IsHelped)))
        .Where(row => row.Example.WrongNeighbour >= 0 && row.Example.RightNeighbour >= 0)
        .Take(MostRows);

    private static List<PlainPicture> PicturesOf(BackgroundExample example, IExamplePictures pictures)
    {
        List<PlainPicture> row = [];
        foreach (int image in new[] { example.Query, example.WrongNeighbour, example.RightNeighbour })
        {
            (PlainPicture plain, PlainPicture masked) = pictures.Show(image);
            row.AddRange([plain, masked]);
        }

        return row;
    }

    private static string CaptionOf(Row row, AuditedImages images)
    {
        string when = row.IsHelped ? "fails only masked" : "fails only as it is";
        string flag = row.Class.IsFlagged ? "flagged: " : string.Empty;
        return $"{flag}{Cut(images.Ids[row.Example.Query])} {when}: {Cut(images.Ids[row.Example.WrongNeighbour])} | {Cut(images.Ids[row.Example.RightNeighbour])}";
    }

    // The end of a path tells more than its beginning.
    private static string Cut(string id) => id.Length <= MostId ? id : "..." + id[^(MostId - 3)..];

    private sealed record Row(BackgroundExample Example, ClassBackground Class, bool IsHelped);
}
