using System.Text;

namespace QualityGate.Reports;

/// <summary>
/// A table of plain text: columns two spaces apart, cut to the line's width at the first column. Columns after the second that
/// hold nothing in any row are left out.
/// </summary>
/// <param name="headings">Headings, one a column.</param>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";
    private const int NarrowestFirst = 8;
    private const int AlwaysShown = 2;

    private readonly List<string[]> _rows = [];

    /// <summary>Whether the columns after the first hold numbers, which stand right.</summary>
    public bool IsNumeric { get; init; }

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(PlainText.OneLine)]);

    /// <summary>The lines, headings first. A cell is painted after its width is known, since colours take no room.</summary>
    /// <param name="width">Most columns of a line.</param>
    /// <param name="paint">Paints a cell: row (-1 for headings), column, padded text.</param>
    public IEnumerable<string> Lines(int width, Func<int, int, string, string> paint)
    {
        int[] shown = [.. Enumerable.Range(0, headings.Length).Where(c => c < AlwaysShown || _rows.Any(r => r[c] != ResultText.Nothing))];
        int[] widths = [.. shown.Select(c => _rows.Select(r => r[c].Length).Append(headings[c].Length).Max())];
        int excess = widths.Sum() + (Gap.Length * (widths.Length - 1)) - width;
        if (excess > 0)
            widths[0] = Math.Max(NarrowestFirst, widths[0] - excess);
        for (int row = -1; row < _rows.Count; row++)
        {
            int current = row;
            string[] cells = [.. shown.Select(c => row < 0 ? headings[c] : _rows[row][c])];
            yield return Line(cells, widths, width, (index, text) => paint(current, shown[index], text));
        }
    }

    private string Line(string[] cells, int[] widths, int width, Func<int, string, string> paint)
    {
        var line = new StringBuilder();
        int room = width;
        for (int column = 0; column < cells.Length && room > 0; column++)
        {
            bool isLast = column == cells.Length - 1;
            int cellWidth = Math.Min(widths[column], room);
            string cell = PlainText.Cut(cells[column], cellWidth);
            line.Append(paint(column, IsNumeric && column > 0 ? cell.PadLeft(cellWidth) : isLast ? cell : cell.PadRight(cellWidth)));
            if (!isLast)
                line.Append(Gap);
            room -= cellWidth + Gap.Length;
        }

        return line.ToString().TrimEnd();
    }
}
