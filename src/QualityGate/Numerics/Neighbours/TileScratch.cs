namespace QualityGate.Numerics.Neighbours;

/// <summary>Buffers of one worker: the two packed operands and the tile of products.</summary>
internal sealed class TileScratch(int rows, int columns, int width)
{
    private readonly int _width = width;
    private readonly float[] _right = new float[columns * width];

    /// <summary>Packed rows, <c>[rows, width]</c>.</summary>
    public float[] Left { get; } = new float[rows * width];

    /// <summary>Products of the last tile, <c>[rows, columns]</c> packed to the columns in use.</summary>
    public float[] Products { get; } = new float[rows * columns];

    /// <summary>Packs distinct rows <c>[from, from + size)</c> of <paramref name="columns"/> and multiplies the first <paramref name="count"/> rows of <see cref="Left"/> with them.</summary>
    public void Multiply(IMatrixProducts products, CentredRows columns, int from, int size, int count)
    {
        columns.Fill(from, size, _right);
        products.MultiplyTransposed(
            Left.AsSpan(0, count * _width), _right.AsSpan(0, size * _width), Products.AsSpan(0, count * size), count, size, _width);
    }
}
