using QualityGate.Numerics;

namespace QualityGate.Features.Files;

/// <summary>
/// Float32 rows inside a mapped file. The rows cost no memory of this process, and the file may be larger than memory. It stays
/// mapped until the matrix is disposed or the process ends.
/// </summary>
internal sealed class MappedFeatureMatrix : FeatureMatrix, IDisposable
{
    private readonly FileMapping _mapping;
    private readonly long _offset;

    /// <summary>Rows of <paramref name="mapping"/> from byte <paramref name="offset"/> on.</summary>
    public MappedFeatureMatrix(FileMapping mapping, long offset, int count, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        long bytes = checked((long)count * width * sizeof(float));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(checked(offset + bytes), mapping.Length, nameof(offset));
        _mapping = mapping;
        _offset = offset;
        Count = count;
        Width = width;
    }

    /// <inheritdoc />
    public override int Count { get; }

    /// <inheritdoc />
    public override int Width { get; }

    /// <inheritdoc />
    public override ReadOnlySpan<float> Row(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _mapping.Slice<float>(RowOffset(index), Width);
    }

    /// <inheritdoc />
    public override void CopyRows(int start, int count, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, Count, nameof(count));
        _mapping.Slice<float>(RowOffset(start), checked(count * Width)).CopyTo(destination);
    }

    /// <inheritdoc />
    public override void ReleasePages() => _mapping.ReleasePages();

    /// <inheritdoc />
    public void Dispose() => _mapping.Dispose();

    private long RowOffset(int index) => _offset + ((long)index * Width * sizeof(float));
}
