namespace QualityGate.Numerics.Neighbours;

/// <summary>Buffers of one worker: the two packed operands, of which the left one often stays, and the tile of products.</summary>
internal sealed class TileScratch(int height, int columns, int width, IMatrixProducts products)
{
    private readonly float[] _left = new float[checked(height * width)];
    private readonly float[] _right = new float[columns * width];
    private readonly float[] _products = new float[height * columns];
    private (CentredRows Rows, int Start)? _leftHolds;

    /// <summary>Columns of the last tile: whole lanes.</summary>
    public int Columns { get; private set; }

    /// <summary>Multiplies rows <c>[leftStart, leftStart + count)</c> with the block of columns at <paramref name="rightStart"/>.</summary>
    /// <param name="left">Rows on the left.</param>
    /// <param name="leftStart">The first of them.</param>
    /// <param name="leftCount">How many are packed; they stay packed for the next tile.</param>
    /// <param name="count">How many are multiplied.</param>
    /// <param name="right">Rows on the right.</param>
    /// <param name="rightStart">The first of their block.</param>
    public void Multiply(CentredRows left, int leftStart, int leftCount, int count, CentredRows right, int rightStart)
    {
        if (_leftHolds != (left, leftStart))
        {
            left.Fill(leftStart, leftCount, _left);
            _leftHolds = (left, leftStart);
        }

        Columns = Math.Min(columns, right.PaddedCount - rightStart);
        right.Fill(rightStart, Columns, _right);
        products.MultiplyTile(_left.AsSpan(0, count * width), _right.AsSpan(0, Columns * width), _products.AsSpan(0, count * Columns), count, Columns, width);
    }

    /// <summary>Products of one row of the last tile.</summary>
    public ReadOnlySpan<float> Row(int row) => _products.AsSpan(row * Columns, Columns);
}
