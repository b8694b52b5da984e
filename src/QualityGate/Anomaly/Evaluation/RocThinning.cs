namespace QualityGate.Anomaly.Evaluation;

/// <summary>
/// A ROC curve in few points. Points in the middle of a straight line go first, which changes nothing. If too many remain, operating points
/// evenly spaced along the curve are kept, and the staircase between two of them becomes two straight lines that meet where the area is that of
/// the staircase. Such a meeting point exists inside the box that the two span, since the area between a rising curve and the chord of its box
/// is at most half the box; it has no threshold. Areas therefore agree to rounding, and the curve nowhere leaves the boxes.
/// </summary>
internal static class RocThinning
{
    public static IReadOnlyList<RocPoint> Thin(IReadOnlyList<RocPoint> points, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 3);
        RocPoint[] corners = WithoutMiddles(points);
        if (corners.Length <= most)
        {
            return corners;
        }

        int blocks = (most - 1) / 2;
        List<RocPoint> thin = [corners[0]];
        for (int block = 1, from = 0; block <= blocks; block++)
        {
            int to = block == blocks ? corners.Length - 1 : FirstBeyond(corners, from, 2.0 * block / blocks);
            if (to == from)
            {
                continue;
            }

            if (to > from + 1)
            {
                thin.Add(Meeting(corners.AsSpan(from, to - from + 1)));
            }

            thin.Add(corners[to]);
            from = to;
        }

        return thin;
    }

    private static RocPoint[] WithoutMiddles(IReadOnlyList<RocPoint> points)
    {
        List<RocPoint> kept = [];
        foreach (RocPoint point in points)
        {
            while (kept.Count > 1 && AreCollinear(kept[^2], kept[^1], point))
            {
                kept.RemoveAt(kept.Count - 1);
            }

            kept.Add(point);
        }

        return [.. kept];
    }

    // Straight up, straight right, or on the line to the last bit: nothing else, since small errors could add up.
    private static bool AreCollinear(RocPoint a, RocPoint b, RocPoint c) =>
        (b.FalsePositiveRate - a.FalsePositiveRate) * (c.TruePositiveRate - a.TruePositiveRate)
            == (c.FalsePositiveRate - a.FalsePositiveRate) * (b.TruePositiveRate - a.TruePositiveRate);

    private static int FirstBeyond(RocPoint[] corners, int from, double length)
    {
        int at = from;
        while (at < corners.Length - 1 && corners[at].FalsePositiveRate + corners[at].TruePositiveRate < length)
        {
            at++;
        }

        return at;
    }

    private static RocPoint Meeting(ReadOnlySpan<RocPoint> block)
    {
        RocPoint a = block[0], b = block[^1];
        double width = b.FalsePositiveRate - a.FalsePositiveRate, height = b.TruePositiveRate - a.TruePositiveRate;
        double above = RocCurve.AreaUnder(block.ToArray()) - (width * (a.TruePositiveRate + b.TruePositiveRate) / 2);

        // 0 is the chord's middle, 1 the upper left corner of the box, -1 the lower right one.
        double place = width > 0 && height > 0 ? Math.Clamp(above / (width * height / 2), -1, 1) : 0;
        return new RocPoint(a.FalsePositiveRate + (width * (1 - place) / 2), a.TruePositiveRate + (height * (1 + place) / 2), null);
    }
}
