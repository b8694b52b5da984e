namespace QualityGate.Numerics;

/// <summary>A <see cref="FeatureMatrix"/> over one row-major array.</summary>
public sealed class DenseFeatureMatrix : FeatureMatrix
{
    private readonly float[] _values;

    /// <summary>Wraps <paramref name="values"/> (not copied) as <c>[count, width]</c>.</summary>
    /// <exception cref="ArgumentException">The array does not hold exactly count x width values.</exception>
    public DenseFeatureMatrix(float[] values, int count, int width)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (values.LongLength != (long)count * width)
        {
            throw new ArgumentException($"{values.LongLength} values are not {count} rows of {width}.", nameof(values));
        }

        _values = values;
        Count = count;
        Width = width;
    }

    /// <inheritdoc />
    public override int Count { get; }

    /// <inheritdoc />
    public override int Width { get; }

    /// <inheritdoc />
    public override ReadOnlySpan<float> Row(int index) => _values.AsSpan(checked(index * Width), Width);

    /// <inheritdoc />
    public override void CopyRows(int start, int count, Span<float> destination) =>
        _values.AsSpan(checked(start * Width), checked(count * Width)).CopyTo(destination);
}
