namespace QualityGate.Samples.Generator;

/// <summary>PNG's five row filters: what is stored is each sample's difference from a prediction.</summary>
internal static class PngFilter
{
    private const int FilterCount = 5;

    /// <summary>The image's filtered rows, each led by its filter's number: once per filter, and once with the likeliest filter for each row.</summary>
    public static IEnumerable<byte[]> Candidates(Raster image)
    {
        byte[][][] rows = [.. Enumerable.Range(0, FilterCount).Select(filter => AllRows(image, filter))];
        foreach (byte[][] sameFilter in rows) yield return Join(sameFilter);
        yield return Join(Enumerable.Range(0, image.Height).Select(y => rows.Select(sameFilter => sameFilter[y]).MinBy(SumOfDifferences)!));
    }

    private static byte[][] AllRows(Raster image, int filter) => [.. Enumerable.Range(0, image.Height).Select(y => Row(image, y, filter))];

    private static byte[] Join(IEnumerable<byte[]> rows) => [.. rows.SelectMany(row => row)];

    /// <summary>The usual guess at how well a row will compress.</summary>
    private static int SumOfDifferences(byte[] row) => row.Skip(1).Sum(value => Math.Abs((int)(sbyte)value));

    private static byte[] Row(Raster image, int y, int filter)
    {
        int stride = image.Width * image.Channels;
        var row = new byte[stride + 1];
        row[0] = (byte)filter;
        for (int i = 0; i < stride; i++)
        {
            int left = i < image.Channels ? 0 : image.Samples[y * stride + i - image.Channels];
            int up = y == 0 ? 0 : image.Samples[(y - 1) * stride + i];
            int upLeft = y == 0 || i < image.Channels ? 0 : image.Samples[(y - 1) * stride + i - image.Channels];
            row[i + 1] = unchecked((byte)(image.Samples[y * stride + i] - Predict(filter, left, up, upLeft)));
        }

        return row;
    }

    private static int Predict(int filter, int left, int up, int upLeft) => filter switch
    {
        0 => 0,
        1 => left,
        2 => up,
        3 => (left + up) / 2,
        _ => Paeth(left, up, upLeft),
    };

    private static int Paeth(int left, int up, int upLeft)
    {
        int estimate = left + up - upLeft;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toUpLeft = Math.Abs(estimate - upLeft);
        if (toLeft <= toUp && toLeft <= toUpLeft) return left;
        return toUp <= toUpLeft ? up : upLeft;
    }
}
