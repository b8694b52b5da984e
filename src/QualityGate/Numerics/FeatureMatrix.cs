namespace QualityGate.Numerics;

/// <summary>
/// A read-only float32 matrix <c>[N, D]</c>, one row an image. Rows may lie in memory, or in files that are mapped and paged
/// in as they are read, so that a set need not fit in memory.
/// </summary>
public abstract class FeatureMatrix
{
    /// <summary>N, the number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>D, the number of columns.</summary>
    public abstract int Width { get; }

    /// <summary>Row <paramref name="index"/>, <see cref="Width"/> values.</summary>
    public abstract ReadOnlySpan<float> Row(int index);

    /// <summary>Copies rows <c>[start, start + count)</c> into <paramref name="destination"/>, row-major.</summary>
    public virtual void CopyRows(int start, int count, Span<float> destination)
    {
        for (int i = 0; i < count; i++)
        {
            Row(start + i).CopyTo(destination[(i * Width)..]);
        }
    }

    /// <summary>
    /// Says that the rows read so far are not needed for now. Rows in mapped files then stop counting as this process's memory; they
    /// are read again when they are asked for again. Rows in memory stay where they are.
    /// </summary>
    public virtual void ReleasePages()
    {
    }
}
