using System.Globalization;
using QualityGate.Images.Pictures;

namespace QualityGate.Anomaly.Pictures;

/// <summary>What is shown of one image.</summary>
/// <param name="Image">The image.</param>
/// <param name="Reconstruction">The nearest image that the generator makes.</param>
/// <param name="Residual">The residual map, as large as the image.</param>
public sealed record Triplet(PlainPicture Image, PlainPicture Reconstruction, float[] Residual);

/// <summary>A sheet of images, the most anomalous first: each beside its nearest normal image and their residual.</summary>
public static class TripletSheet
{
    /// <summary>Most rows of a sheet.</summary>
    public const int MostRows = 200;

    private const int Side = 140;
    private const int Gap = 8;
    private const int HeaderHeight = 48;
    private const int CaptionHeight = 24;
    private const int CaptionTop = 4;
    private static readonly string[] Headings = ["IMAGE", "NEAREST NORMAL", "RESIDUAL"];

    /// <summary>Draws the images with the highest scores.</summary>
    /// <param name="report">The scores.</param>
    /// <param name="at">Pictures of an image of the report, by its index; all of one size.</param>
    /// <param name="scale">The scale of residuals over the whole set.</param>
    /// <param name="rows">Most rows, up to <see cref="MostRows"/>.</param>
    public static PixelCanvas Draw(AnomalyReport report, Func<int, Triplet> at, ResidualScale scale, int rows = 20)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        int[] order = Order(report, Math.Min(rows, MostRows));
        Triplet first = at(order[0]);
        Magnification magnification = Magnification.ToSide(first.Image.Height, first.Image.Width, Side);
        int column = Math.Max(magnification.Of(first.Image.Width), Side), row = magnification.Of(first.Image.Height) + CaptionHeight;
        PixelCanvas sheet = new((3 * column) + (4 * Gap), HeaderHeight + (order.Length * row) + Gap, Rgb.White);
        Header(sheet, column, scale);
        for (int i = 0; i < order.Length; i++)
        {
            Row(sheet, HeaderHeight + (i * row), column, i == 0 ? first : at(order[i]), first.Image, scale);
            Captions(sheet, HeaderHeight + ((i + 1) * row) - CaptionHeight + CaptionTop, report, order[i]);
        }

        return sheet;
    }

    /// <summary>The images by score, the highest first; equal ones by name.</summary>
    internal static int[] Order(AnomalyReport report, int rows) =>
    [
        .. Enumerable.Range(0, report.Images.Count)
            .OrderByDescending(i => report.Images[i].Score).ThenBy(i => report.Images[i].Id, StringComparer.Ordinal).Take(rows),
    ];

    private static void Header(PixelCanvas sheet, int column, ResidualScale scale)
    {
        for (int c = 0; c < Headings.Length; c++)
        {
            sheet.Text(Left(c, column), Gap, Headings[c], Rgb.Black);
        }

        ResidualPicture.Legend(sheet, Left(2, column), Gap + 10, column, scale);
    }

    private static void Row(PixelCanvas sheet, int top, int column, Triplet triplet, PlainPicture size, ResidualScale scale)
    {
        RequireSame(triplet, size);
        sheet.Put(Left(0, column), top, Drawn(triplet.Image));
        sheet.Put(Left(1, column), top, Drawn(triplet.Reconstruction));
        sheet.Put(Left(2, column), top, ResidualPicture.HeatMap(triplet.Residual, size.Height, size.Width, scale, Side));
    }

    private static void Captions(PixelCanvas sheet, int top, AnomalyReport report, int index)
    {
        AnomalyImage image = report.Images[index];
        string numbers = string.Create(CultureInfo.InvariantCulture, $"A {image.Score:G4}  R {image.Residual:G4}  D {image.Discrimination:G4}");
        string verdict = image.IsFlagged is { } flagged ? flagged ? "  ANOMALOUS" : "  NORMAL" : string.Empty;
        int most = (sheet.Width - (2 * Gap)) / BitmapFont.Advance;
        sheet.Text(Gap, top, Cut(image.Label is { } label ? $"{image.Id}  ({Cut(label, most / 3)})" : image.Id, most), Rgb.Black);
        sheet.Text(Gap, top + BitmapFont.Height + 2, Cut(numbers + verdict, most), image.IsFlagged == true ? new Rgb(0xB0, 0x20, 0x10) : Rgb.Black);
    }

    // The end of a path tells more than its beginning.
    private static string Cut(string text, int width) => text.Length <= width ? text : "..." + text[^(width - 3)..];

    private static PixelCanvas Drawn(PlainPicture picture) =>
        Magnification.ToSide(picture.Height, picture.Width, Side).Draw(picture.Height, picture.Width, picture.At);

    private static int Left(int column, int width) => Gap + (column * (width + Gap));

    private static void RequireSame(Triplet triplet, PlainPicture size)
    {
        if ((triplet.Image.Height, triplet.Image.Width, triplet.Reconstruction.Height, triplet.Reconstruction.Width) != (size.Height, size.Width, size.Height, size.Width)
            || triplet.Residual.Length != size.Height * size.Width)
        {
            throw new ArgumentException("Images, reconstructions and residual maps of a sheet are of one size.", nameof(triplet));
        }
    }
}
