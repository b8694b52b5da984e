namespace QualityGate.Images;

/// <summary>PNG's row filters (ISO/IEC 15948, clause 9): each byte was stored as the difference from a guess by its neighbours.</summary>
internal static class PngFilters
{
    /// <summary>Undoes the filters of all rows in place.</summary>
    /// <param name="raw">Rows, each a filter number and then its bytes.</param>
    /// <param name="rowBytes">Bytes of a row without the number.</param>
    /// <param name="step">Bytes from one pixel to the next.</param>
    /// <returns>False when a filter number is unknown.</returns>
    public static bool TryUndo(Span<byte> raw, int rowBytes, int step)
    {
        ReadOnlySpan<byte> above = new byte[rowBytes];
        for (int start = 0; start < raw.Length; start += rowBytes + 1)
        {
            Span<byte> row = raw.Slice(start + 1, rowBytes);
            switch (raw[start])
            {
                case 0:
                    break;
                case 1:
                    AddLeft(row, step);
                    break;
                case 2:
                    AddAbove(row, above);
                    break;
                case 3:
                    AddMean(row, above, step);
                    break;
                case 4:
                    AddPaeth(row, above, step);
                    break;
                default:
                    return false;
            }

            above = row;
        }

        return true;
    }

    private static void AddLeft(Span<byte> row, int step)
    {
        for (int i = step; i < row.Length; i++)
            row[i] += row[i - step];
    }

    private static void AddAbove(Span<byte> row, ReadOnlySpan<byte> above)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] += above[i];
    }

    private static void AddMean(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] += (byte)(((i < step ? 0 : row[i - step]) + above[i]) >> 1);
    }

    private static void AddPaeth(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (int i = 0; i < Math.Min(step, row.Length); i++)
            row[i] += above[i];
        for (int i = step; i < row.Length; i++)
        {
            int left = row[i - step];
            int up = above[i];
            int corner = above[i - step];
            int toLeft = Math.Abs(up - corner);
            int toUp = Math.Abs(left - corner);
            int toCorner = Math.Abs(left + up - corner - corner);
            int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
            row[i] += (byte)nearest;
        }
    }
}
