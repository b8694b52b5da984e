namespace QualityGate.Studies;

/// <summary>The sizes that a study measures at.</summary>
internal static class SizeLadder
{
    /// <summary>Sizes of a ladder, unless rounding makes two of them one.</summary>
    public const int Steps = 8;

    private const int UsualStart = 50;
    private const int Smallest = 2;

    /// <summary>
    /// Sizes from a hundredth of the set, but at least 50 images (and at most an eighth of a small set), to the whole set, each the same factor
    /// above the last, rounded to two digits; ascending, the last is <paramref name="count"/> itself.
    /// </summary>
    /// <param name="count">Images of the whole set, at least 1.</param>
    public static IReadOnlyList<int> Of(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double start = Math.Max(Math.Max(UsualStart, count / 100), Smallest);
        start = start < count ? start : Math.Max(Smallest, count / 8.0);
        SortedSet<int> sizes = [count];
        for (int step = 0; step < Steps - 1; step++)
        {
            int size = RoundToTwoDigits(start * Math.Pow(count / start, step / (Steps - 1.0)));
            if (size >= Smallest && size < count)
            {
                sizes.Add(size);
            }
        }

        return [.. sizes];
    }

    private static int RoundToTwoDigits(double size)
    {
        double unit = Math.Max(1, Math.Pow(10, Math.Floor(Math.Log10(size)) - 1));
        return (int)(Math.Round(size / unit) * unit);
    }
}
