namespace QualityGate.Images.Pictures;

/// <summary>A sheet of pictures in rows, each row with a caption below it.</summary>
public static class PictureRows
{
    private const int Side = 140;
    private const int Gap = 8;
    private const int HeaderHeight = 24;
    private const int CaptionHeight = 14;

    /// <summary>Draws a sheet.</summary>
    /// <param name="headings">A heading for each column.</param>
    /// <param name="rows">Each row's pictures, of whatever sizes, and its caption; at least one row.</param>
    public static PixelCanvas Draw(IReadOnlyList<string> headings, IReadOnlyList<(IReadOnlyList<PlainPicture> Pictures, string Caption)> rows)
    {
        ArgumentNullException.ThrowIfNull(headings);
        ArgumentNullException.ThrowIfNull(rows);
        IEnumerable<PlainPicture> all = rows.SelectMany(row => row.Pictures);
        int column = Math.Max(all.Max(p => Near(p).Of(p.Width)), Side) + Gap, row = all.Max(p => Near(p).Of(p.Height)) + CaptionHeight + Gap;
        PixelCanvas sheet = new((headings.Count * column) + Gap, HeaderHeight + (rows.Count * row), Rgb.White);
        for (int c = 0; c < headings.Count; c++) sheet.Text(Gap + (c * column), Gap, headings[c], Rgb.Black);
        for (int r = 0; r < rows.Count; r++)
        {
            for (int c = 0; c < rows[r].Pictures.Count; c++)
            {
                PlainPicture picture = rows[r].Pictures[c];
                sheet.Put(Gap + (c * column), HeaderHeight + (r * row), Near(picture).Draw(picture.Height, picture.Width, picture.At));
            }

            sheet.Text(Gap, HeaderHeight + ((r + 1) * row) - CaptionHeight - (Gap / 2), rows[r].Caption, Rgb.Black);
        }

        return sheet;
    }

    private static Magnification Near(PlainPicture picture) => Magnification.ToSide(picture.Height, picture.Width, Side);
}
