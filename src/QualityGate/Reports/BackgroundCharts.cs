using System.Globalization;
using QualityGate.Backgrounds;
using QualityGate.Images.Pictures;

namespace QualityGate.Reports;

/// <summary>Charts of an audit as SVG: recall by mode, and the classes that depend on backgrounds.</summary>
public static class BackgroundCharts
{
    private const int Width = 640;
    private const int Left = 150;
    private const int Right = Width - 24;
    private const int Top = 56;
    private const int RowHeight = 16;
    private const int MostClasses = 40;
    private const int LongestName = 20;
    private static readonly Ink[] Inks = [Ink.First, Ink.Second, Ink.Third, Ink.Fourth];

    /// <summary>Recall@K of every mode, at most four Ks.</summary>
    public static string RecallSvg(BackgroundReport report, string title)
    {
        ArgumentNullException.ThrowIfNull(report);
        int ks = Math.Min(Inks.Length, report.Modes[0].Recall.Count), block = (ks * 10) + 14;
        string text = string.Join("; ", report.Modes.Select(m => $"{m.Mode}: {string.Join(", ", m.Recall.Take(ks).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Value:0.000} at {r.Key}")))}"));
        SvgSurface surface = new(Width, Top + (report.Modes.Count * block) + 30, $"Recall by mode: {title}", text);
        surface.Text(12, 18, Cut($"Recall@K by mode: {title}", 80), Anchor.Start);
        for (int k = 0; k < ks; k++)
        {
            surface.Bar(Left + (k * 60), 30, 10, 10, Inks[k]);
            surface.Text(Left + (k * 60) + 14, 35, $"@{report.Modes[0].Recall[k].Key.ToString(CultureInfo.InvariantCulture)}", Anchor.Start);
        }

        Grid(surface, Top + (report.Modes.Count * block), share => Left + (share * (Right - Left)), [0, 0.25, 0.5, 0.75, 1]);
        for (int m = 0; m < report.Modes.Count; m++)
        {
            double top = Top + (m * block) + 7;
            surface.Text(Left - 8, top + (ks * 5), Cut(report.Modes[m].Mode, LongestName), Anchor.End);
            for (int k = 0; k < ks; k++)
                surface.Bar(Left, top + (k * 10), report.Modes[m].Recall[k].Value * (Right - Left), 9, Inks[k]);
        }

        return surface.ToString();
    }

    /// <summary>Queries that fail only as they are to the right, and those that fail only masked to the left, the classes with most first.</summary>
    public static string ClassSvg(BackgroundReport report, string title)
    {
        ArgumentNullException.ThrowIfNull(report);
        ClassBackground[] classes = [.. report.Classes.OrderByDescending(c => c.IsFlagged).ThenByDescending(c => c.FailsOnlyPlain + c.FailsOnlyMasked).Take(MostClasses)];
        int most = Math.Max(1, classes.Max(c => Math.Max(c.FailsOnlyPlain, c.FailsOnlyMasked)));
        string text = $"{report.Flagged.Count} of {report.Classes.Count} classes are flagged. "
            + string.Join("; ", classes.Take(10).Select(c => $"{c.Class}: {c.FailsOnlyPlain} fail only as they are, {c.FailsOnlyMasked} only masked"));
        SvgSurface surface = new(Width, Top + (classes.Length * RowHeight) + 30, $"Classes by background: {title}", text);
        surface.Text(12, 18, Cut($"Classes by background: {title}", 80), Anchor.Start);
        surface.Text((Left + Right) / 2.0 - 8, 38, "fail only masked", Anchor.End);
        surface.Text((Left + Right) / 2.0 + 8, 38, "fail only as they are", Anchor.Start);
        double X(double count) => ((Left + Right) / 2.0) + (count / most * (Right - Left) / 2);
        Grid(surface, Top + (classes.Length * RowHeight), X, [-most, 0, most]);
        for (int c = 0; c < classes.Length; c++)
        {
            double top = Top + (c * RowHeight) + 3;
            surface.Text(Left - 8, top + 5, (classes[c].IsFlagged ? "! " : string.Empty) + Cut(classes[c].Class, LongestName), Anchor.End);
            surface.Bar(X(-classes[c].FailsOnlyMasked), top, X(0) - X(-classes[c].FailsOnlyMasked), 10, Ink.First);
            surface.Bar(X(0), top, X(classes[c].FailsOnlyPlain) - X(0), 10, Ink.Second);
        }

        return surface.ToString();
    }

    private static void Grid(SvgSurface surface, double bottom, Func<double, double> x, double[] ticks)
    {
        foreach (double tick in ticks)
        {
            surface.Line(x(tick), Top, x(tick), bottom, Ink.Grid);
            surface.Text(x(tick), bottom + 14, Math.Abs(tick).ToString("0.##", CultureInfo.InvariantCulture), Anchor.Middle);
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 3)] + "...";
}
