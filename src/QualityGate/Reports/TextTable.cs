using System.Text;

namespace QualityGate.Reports;

/// <summary>A table of plain text: columns two spaces apart, cut to the line's width at the first column.</summary>
/// <param name="headings">Headings, one a column.</param>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";
    private const int NarrowestFirst = 8;

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(PlainText.OneLine)]);

    /// <summary>The lines, headings first. A cell is painted after its width is known, since colours take no room.</summary>
    /// <param name="width">Most columns of a line.</param>
    /// <param name="paint">Paints a cell: row (-1 for headings), column, padded text.</param>
    public IEnumerable<string> Lines(int width, Func<int, int, string, string> paint)
    {
        int[] widths = [.. headings.Select((h, c) => _rows.Select(r => r[c].Length).Append(h.Length).Max())];
        int excess = widths.Sum() + (Gap.Length * (widths.Length - 1)) - width;
        if (excess > 0)
            widths[0] = Math.Max(NarrowestFirst, widths[0] - excess);
        yield return Line(headings, -1, widths, width, paint);
        for (int row = 0; row < _rows.Count; row++)
            yield return Line(_rows[row], row, widths, width, paint);
    }

    private static string Line(string[] cells, int row, int[] widths, int width, Func<int, int, string, string> paint)
    {
        var line = new StringBuilder();
        int room = width;
        for (int column = 0; column < cells.Length && room > 0; column++)
        {
            bool isLast = column == cells.Length - 1;
            int cellWidth = Math.Min(widths[column], room);
            string cell = PlainText.Cut(cells[column], cellWidth);
            line.Append(paint(row, column, isLast ? cell : cell.PadRight(cellWidth)));
            if (!isLast)
                line.Append(Gap);
            room -= cellWidth + Gap.Length;
        }

        return line.ToString().TrimEnd();
    }
}
